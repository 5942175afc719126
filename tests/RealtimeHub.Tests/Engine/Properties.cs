using FsCheck;
using FsCheck.Fluent;

namespace RealtimeHub.Tests.Engine;

/// <summary>Checks that assertions hold for values at random.</summary>
internal static class Properties
{
    public static void Hold<T>(Arbitrary<T> values, Action<T> assertions, int times = 200) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(times), Prop.ForAll(values, assertions));
}
