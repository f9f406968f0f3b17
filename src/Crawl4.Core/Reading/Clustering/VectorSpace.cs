using System.Numerics;

namespace Crawl4.Core.Reading.Clustering;

/// <summary>Texts as vectors that a model gave, brought to length 1.</summary>
internal sealed class VectorSpace : ITextSpace
{
    private readonly float[][] _vectors;

    public VectorSpace(IEnumerable<ReadOnlyMemory<float>> vectors) =>
        _vectors = [.. vectors.Select(vector => Normal(vector.Span))];

    /// <inheritdoc/>
    public void Cosines(int text, Span<float> cosines)
    {
        for (var other = 0; other < text; other++)
        {
            cosines[other] = Dot(_vectors[text], _vectors[other]);
        }
    }

    /// <summary>The cosine of each text and another vector.</summary>
    public float[] CosinesTo(ReadOnlyMemory<float> vector)
    {
        var normal = Normal(vector.Span);
        return [.. _vectors.Select(each => Dot(each, normal))];
    }

    private static float[] Normal(ReadOnlySpan<float> vector)
    {
        var sum = 0.0;
        foreach (var value in vector)
        {
            sum += (double)value * value;
        }

        var length = Math.Sqrt(sum);
        var normal = new float[vector.Length];
        for (var at = 0; at < normal.Length && length > 0; at++)
        {
            normal[at] = (float)(vector[at] / length);
        }

        return normal;
    }

    private static float Dot(float[] one, float[] other)
    {
        var sum = Vector<float>.Zero;
        var at = 0;
        for (; at <= one.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            sum += new Vector<float>(one, at) * new Vector<float>(other, at);
        }

        var dot = Vector.Sum(sum);
        for (; at < one.Length; at++)
        {
            dot += one[at] * other[at];
        }

        return dot;
    }
}
