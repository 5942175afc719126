namespace RealtimeHub.Benchmarks.Simulating;

/// <summary>Gray and Scott's step as a plain loop over two-dimensional arrays, the way one writes it first.</summary>
internal sealed class ScalarGrayScott
{
    private const float Feed = 0.037f;
    private const float Kill = 0.06f;
    private const float Du = 0.16f;
    private const float Dv = 0.08f;

    private readonly int _size;
    private float[,] _u;
    private float[,] _v;
    private float[,] _nextU;
    private float[,] _nextV;

    public ScalarGrayScott(int size)
    {
        _size = size;
        (_u, _v, _nextU, _nextV) = (new float[size, size], new float[size, size], new float[size, size], new float[size, size]);
        for (var i = 0; i < size * size; i++)
        {
            var isSeed = (i % 97) < 5;
            _u[i / size, i % size] = isSeed ? 0.5f : 1f;
            _v[i / size, i % size] = isSeed ? 0.25f : 0.001f;
        }
    }

    public void Step(int threads)
    {
        if (threads == 1)
        {
            Rows(0, _size);
        }
        else
        {
            Parallel.For(0, threads, i => Rows(_size * i / threads, _size * (i + 1) / threads));
        }

        (_u, _v, _nextU, _nextV) = (_nextU, _nextV, _u, _v);
    }

    private void Rows(int from, int to)
    {
        for (var y = from; y < to; y++)
        {
            var (up, down) = (y == 0 ? _size - 1 : y - 1, y == _size - 1 ? 0 : y + 1);
            for (var x = 0; x < _size; x++)
            {
                var (left, right) = (x == 0 ? _size - 1 : x - 1, x == _size - 1 ? 0 : x + 1);
                var (u, v) = (_u[y, x], _v[y, x]);
                var lapU = _u[up, x] + _u[down, x] + _u[y, left] + _u[y, right] - (4f * u);
                var lapV = _v[up, x] + _v[down, x] + _v[y, left] + _v[y, right] - (4f * v);
                var reaction = u * v * v;
                _nextU[y, x] = u + (Du * lapU) - reaction + (Feed * (1f - u));
                _nextV[y, x] = v + (Dv * lapV) + reaction - ((Feed + Kill) * v);
            }
        }
    }
}
