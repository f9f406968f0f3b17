using Crawl4.Core;
using Crawl4.Core.Diagnostics;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Tests.Pipeline;

/// <summary>The pump without a PowerShell: the test is the pipeline.</summary>
public class StreamPumpTests
{
    private const int Bound = 4;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly RecordingSink _sink = new();
    private int _unwound;

    [Fact]
    public async Task Complete_BodyWritesOfEachInput_AllAreDeliveredInOrderOnTheCallingThread()
    {
        using var pump = Pump(DoubleAsync);
        var thread = await InPipeline(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                pump.Offer(i);
            }

            pump.Complete();
            return Environment.CurrentManagedThreadId;
        });

        Assert.Equal(Enumerable.Range(0, 100).SelectMany(i => new object[] { i, i }), _sink.Outputs);
        Assert.Equal([thread], _sink.Threads);
        Assert.Equal(1, _unwound);
    }

    [Fact]
    public async Task Offer_FullInputAndFullOutput_DoNotWaitForEachOther()
    {
        const int Inputs = 200;
        const int OutputsEach = 50;
        using var pump = Pump(async (input, pipeline, token) =>
        {
            await foreach (var item in input.WithCancellation(token))
            {
                for (var i = 0; i < OutputsEach; i++)
                {
                    await pipeline.OutputAsync(item);
                }
            }
        });
        await InPipeline(() =>
        {
            for (var i = 0; i < Inputs; i++)
            {
                pump.Offer(i);
            }

            pump.Complete();
            return 0;
        });

        Assert.Equal(Inputs * OutputsEach, _sink.Outputs.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SinkThrows_BodyIsUnwoundFirst_AndTheSameExceptionComesOut(bool whileOffering)
    {
        var enough = new InvalidOperationException("enough");
        _sink.OnOutput = _ => throw enough;
        using var pump = Pump(EndlessAsync);
        var (caught, unwound) = await InPipeline(() =>
        {
            Exception? caught = null;
            try
            {
                for (var i = 0; whileOffering; i++)
                {
                    pump.Offer(i);
                }

                pump.Complete();
            }
            catch (InvalidOperationException thrown)
            {
                caught = thrown;
            }

            return (caught, Volatile.Read(ref _unwound));
        });

        Assert.Same(enough, caught);
        Assert.Equal(1, unwound);
    }

    [Fact]
    public async Task SinkThrows_AtTheFirstOutput_TheBodyIsNoFurtherAheadThanTheBound()
    {
        var made = 0;
        _sink.OnOutput = _ => throw new InvalidOperationException("enough");
        using var pump = Pump(async (_, pipeline, _) =>
        {
            while (true)
            {
                made++;
                await pipeline.OutputAsync(made);
            }
        });
        await Assert.ThrowsAsync<InvalidOperationException>(() => InPipeline(() =>
        {
            pump.Complete();
            return 0;
        }));

        // One was taken, the bound waits, one is in the body's hand.
        Assert.InRange(made, 1, 1 + Bound + 1);
    }

    [Fact]
    public async Task Stop_FromAnotherThread_EndsTheWaitingAndUnwindsTheBody()
    {
        var started = new TaskCompletionSource();
        using var pump = Pump(async (_, _, token) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });
        var pipeline = InPipeline(() =>
        {
            pump.Complete();
            return 0;
        });
        await started.Task.WaitAsync(Deadline);
        pump.Stop();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pipeline);
        Assert.Equal(1, _unwound);
    }

    [Fact]
    public async Task Stop_WhileTheInputIsFull_EndsTheOffer()
    {
        var full = new TaskCompletionSource();
        using var pump = Pump((_, _, token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token));
        var pipeline = InPipeline<int>(() =>
        {
            for (var i = 0; ; i++)
            {
                if (i == Bound)
                {
                    full.SetResult();
                }

                pump.Offer(i);
            }
        });
        await full.Task.WaitAsync(Deadline);
        pump.Stop();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pipeline);
        Assert.Equal(1, _unwound);
    }

    [Fact]
    public async Task Complete_BodyFaults_WhatItWroteIsDeliveredAndItsExceptionComesOut()
    {
        using var pump = Pump(async (_, pipeline, _) =>
        {
            await pipeline.OutputAsync("before");
            throw new Crawl4Exception(Crawl4ErrorCode.StoreBusy, "busy", "db");
        });
        var fault = await Assert.ThrowsAsync<Crawl4Exception>(() => InPipeline(() =>
        {
            pump.Complete();
            return 0;
        }));

        Assert.Equal(Crawl4ErrorCode.StoreBusy, fault.Code);
        Assert.Equal(["before"], _sink.Outputs);
    }

    [Fact]
    public async Task Complete_BodyIsCancelledButNobodyStoppedThePump_ThatSurfaces()
    {
        using var pump = Pump((_, _, _) => throw new TaskCanceledException("a timeout inside"));
        var fault = await Assert.ThrowsAsync<TaskCanceledException>(() => InPipeline(() =>
        {
            pump.Complete();
            return 0;
        }));

        Assert.Equal("a timeout inside", fault.Message);
    }

    [Fact]
    public async Task Offer_BodyHasFaulted_ItsExceptionComesOutInsteadOfAWait()
    {
        using var pump = Pump((_, _, _) => throw new Crawl4Exception(Crawl4ErrorCode.StoreCorrupt, "bad", "db"));
        await Assert.ThrowsAsync<Crawl4Exception>(() => InPipeline(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                pump.Offer(i);
            }

            pump.Complete();
            return 0;
        }));
    }

    [Fact]
    public async Task Dispose_WithoutComplete_UnwindsTheBody()
    {
        var pump = Pump(EndlessAsync);
        await InPipeline(() =>
        {
            pump.Offer(1);
            pump.Dispose();
            return 0;
        });

        Assert.Equal(1, _unwound);
    }

    [Fact]
    public async Task Write_AfterTheEnd_IsRefusedAndReachesNothing()
    {
        PipelineWriter? late = null;
        using var pump = Pump((_, pipeline, _) =>
        {
            late = pipeline;
            return Task.CompletedTask;
        });
        await InPipeline(() =>
        {
            pump.Complete();
            return 0;
        });

        await Assert.ThrowsAnyAsync<Exception>(() => late!.OutputAsync("late").AsTask());
        Assert.Empty(_sink.Outputs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Question_IsPutOnTheCallingThread_AndItsAnswerComesBack(bool answer)
    {
        _sink.OnQuestion = _ => answer;
        using var pump = Pump(async (_, pipeline, _) =>
            await pipeline.OutputAsync(await pipeline.ShouldProcessAsync("entry", "Remove")));
        var thread = await InPipeline(() =>
        {
            pump.Complete();
            return Environment.CurrentManagedThreadId;
        });

        Assert.Equal([answer], _sink.Outputs);
        Assert.Equal([thread], _sink.Threads);
    }

    [Fact]
    public async Task Question_SinkThrows_BodyIsUnwound()
    {
        _sink.OnQuestion = _ => throw new InvalidOperationException("stopped at the prompt");
        using var pump = Pump(async (_, pipeline, _) => await pipeline.ShouldProcessAsync("entry", "Remove"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => InPipeline(() =>
        {
            pump.Complete();
            return 0;
        }));

        Assert.Equal(1, _unwound);
    }

    [Fact]
    public async Task Event_MoreThanCanWait_AreDroppedWithAWordAndNobodyWaits()
    {
        using var pump = Pump((_, pipeline, _) =>
        {
            for (var i = 0; i < 100_000; i++)
            {
                pipeline.Write(new Crawl4Event(1, EventSeverity.Information, "event"));
            }

            pipeline.Write(new Crawl4Event(2, EventSeverity.Debug, "not asked for"));
            return Task.CompletedTask;
        });
        await InPipeline(() =>
        {
            pump.Complete();
            return 0;
        });

        Assert.DoesNotContain(_sink.Events, item => item.Id == 2);
        var told = _sink.Events.Where(item => item.Id == 0).Sum(item => long.Parse(
            item.Message.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(100_000, told + _sink.Events.Count(item => item.Id == 1));
    }

    [Fact]
    public async Task Progress_ManySnapshotsInNoTime_ShowsTheFirstAndAnEnd()
    {
        // The clock stands still, so a second snapshot is never due.
        using var pump = Pump(
            async (_, pipeline, _) =>
            {
                for (var i = 0; i < 100; i++)
                {
                    pipeline.Progress(new PipelineProgress("working", i, 100));
                    await pipeline.OutputAsync(i);
                }
            },
            new FakeTimeProvider());
        await InPipeline(() =>
        {
            pump.Complete();
            return 0;
        });

        Assert.Equal([false, true], _sink.Progressed.Select(progress => progress.Ended));
    }

    private StreamPump<int> Pump(PumpBody<int> body, TimeProvider? timeProvider = null) => new(
        _sink, Bound, EventSeverity.Information,
        async (input, pipeline, token) =>
        {
            try
            {
                await body(input, pipeline, token);
            }
            finally
            {
                Interlocked.Increment(ref _unwound);
            }
        },
        timeProvider ?? TimeProvider.System);

    private static async Task DoubleAsync(IAsyncEnumerable<int> input, PipelineWriter pipeline, CancellationToken token)
    {
        await foreach (var item in input.WithCancellation(token))
        {
            await pipeline.OutputAsync(item);
            await pipeline.OutputAsync(item);
        }
    }

    private static async Task EndlessAsync(IAsyncEnumerable<int> input, PipelineWriter pipeline, CancellationToken token)
    {
        while (true)
        {
            token.ThrowIfCancellationRequested();
            await pipeline.OutputAsync("more");
        }
    }

    private static Task<T> InPipeline<T>(Func<T> run) => Task.Run(run).WaitAsync(Deadline);
}
