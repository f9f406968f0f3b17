using System.Buffers;
using System.Runtime.InteropServices;

namespace Crawl4.Core.Storing;

/// <summary>Memory for one entry's content: pooled, or where that would keep too much for the next entry, outside the managed
/// heap. A large array would stay beside what is made next until the collector has gone through everything.</summary>
internal sealed class ContentBuffer : IDisposable
{
    /// <summary>Buffers over this size are not kept for the next entry: few pages are larger, and what is kept stays
    /// in memory.</summary>
    public const int MostPooled = 4 * 1024 * 1024;

    private readonly IMemoryOwner<byte> _owner;
    private readonly int _length;

    /// <summary>So many bytes, which hold anything. Whoever takes them disposes of them when nothing reads them any
    /// more: no finalizer does.</summary>
    public ContentBuffer(int length) =>
        (_length, _owner) = (length, length > MostPooled ? new NativeBytes(length) : MemoryPool<byte>.Shared.Rent(length));

    /// <exception cref="ObjectDisposedException">They were given back.</exception>
    public Memory<byte> Bytes => _owner.Memory[.._length];

    public void Dispose() => _owner.Dispose();

    private sealed unsafe class NativeBytes(int length) : MemoryManager<byte>
    {
        private void* _start = NativeMemory.Alloc((nuint)length);

        public override Span<byte> GetSpan()
        {
            ObjectDisposedException.ThrowIf(_start is null, this);
            return new Span<byte>(_start, length);
        }

        public override MemoryHandle Pin(int elementIndex = 0)
        {
            ObjectDisposedException.ThrowIf(_start is null, this);
            return new MemoryHandle((byte*)_start + elementIndex);
        }

        public override void Unpin()
        {
            // It never moves.
        }

        protected override void Dispose(bool disposing)
        {
            NativeMemory.Free(_start);
            _start = null;
        }
    }
}
