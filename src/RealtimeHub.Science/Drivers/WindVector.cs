namespace RealtimeHub.Science.Drivers;

/// <summary>A horizontal wind, or a difference of two.</summary>
/// <param name="U">Towards the east, m s⁻¹.</param>
/// <param name="V">Towards the north, m s⁻¹.</param>
public readonly record struct WindVector(double U, double V)
{
    /// <summary>A wind that is not known.</summary>
    public static WindVector Missing => new(double.NaN, double.NaN);

    /// <summary>Length of the vector, m s⁻¹.</summary>
    public double Speed => Math.Sqrt((U * U) + (V * V));

    /// <summary>Adds two vectors.</summary>
    public static WindVector operator +(WindVector left, WindVector right) => new(left.U + right.U, left.V + right.V);

    /// <summary>Takes one vector from another.</summary>
    public static WindVector operator -(WindVector left, WindVector right) => new(left.U - right.U, left.V - right.V);

    /// <summary>Stretches a vector.</summary>
    public static WindVector operator *(double factor, WindVector wind) => new(factor * wind.U, factor * wind.V);

    /// <summary>The same as the operator +.</summary>
    /// <param name="left">First vector.</param>
    /// <param name="right">Second vector.</param>
    public static WindVector Add(WindVector left, WindVector right) => left + right;

    /// <summary>The same as the operator −.</summary>
    /// <param name="left">First vector.</param>
    /// <param name="right">What is taken away.</param>
    public static WindVector Subtract(WindVector left, WindVector right) => left - right;

    /// <summary>The same as the operator *.</summary>
    /// <param name="factor">Factor.</param>
    /// <param name="wind">Vector.</param>
    public static WindVector Multiply(double factor, WindVector wind) => factor * wind;
}
