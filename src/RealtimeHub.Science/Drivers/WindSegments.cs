using System.Runtime.InteropServices;

namespace RealtimeHub.Science.Drivers;

// Walks the straight pieces of a wind profile between two heights, the first and the last cut to them.
[StructLayout(LayoutKind.Auto)]
internal ref struct WindSegments
{
    private readonly WindProfile _profile;
    private readonly double _top;
    private int _index;
    private double _levelHeight;
    private WindVector _levelWind;

    public WindSegments(WindProfile profile, double bottom, double top)
    {
        _profile = profile;
        _top = top;
        _index = profile.Next(-1, double.NegativeInfinity);
        UpperHeight = double.NaN;
        if (_index >= profile.Length || profile.Height[_index] > bottom)
        {
            _index = profile.Length;
            return;
        }

        // Up to the segment that holds the bottom.
        ReadLevel();
        int next;
        while ((next = profile.Next(_index, _levelHeight)) < profile.Length && profile.Height[next] <= bottom)
        {
            _index = next;
            ReadLevel();
        }

        UpperHeight = bottom;
        UpperWind = next < profile.Length ? At(bottom, next) : bottom == _levelHeight ? _levelWind : WindVector.Missing;
    }

    public double LowerHeight { get; private set; }

    public double UpperHeight { get; private set; }

    public WindVector LowerWind { get; private set; }

    public WindVector UpperWind { get; private set; }

    // True once the walk has reached the top; false after it if levels were lacking.
    public readonly bool IsComplete => UpperHeight >= _top;

    public readonly double Depth => UpperHeight - LowerHeight;

    public bool MoveNext()
    {
        if (_index >= _profile.Length || UpperHeight >= _top)
        {
            return false;
        }

        var next = _profile.Next(_index, _levelHeight);
        if (next >= _profile.Length)
        {
            _index = next;
            return false;
        }

        LowerHeight = UpperHeight;
        LowerWind = UpperWind;
        if (_profile.Height[next] > _top)
        {
            UpperWind = At(_top, next);
            UpperHeight = _top;
            return true;
        }

        _index = next;
        ReadLevel();
        UpperHeight = _levelHeight;
        UpperWind = _levelWind;
        return true;
    }

    private readonly WindVector At(double height, int next)
    {
        var weight = (height - _levelHeight) / (_profile.Height[next] - _levelHeight);
        return _levelWind + (weight * (new WindVector(_profile.U[next], _profile.V[next]) - _levelWind));
    }

    private void ReadLevel()
    {
        _levelHeight = _profile.Height[_index];
        _levelWind = new WindVector(_profile.U[_index], _profile.V[_index]);
    }
}
