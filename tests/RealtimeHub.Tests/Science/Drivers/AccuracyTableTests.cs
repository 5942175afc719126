using System.Runtime.CompilerServices;

namespace RealtimeHub.Tests.Science.Drivers;

public class AccuracyTableTests
{
    private const string Begin = "<!-- figures: begin -->\n";
    private const string End = "<!-- figures: end -->";

    // With WRITE_ACCURACY=1 in the environment it writes the document instead.
    [Fact]
    public void ACCURACY_md_states_what_this_code_gives()
    {
        var path = Path.GetFullPath(Path.Combine(Folder(), "../../../../src/RealtimeHub.Science/Drivers/ACCURACY.md"));
        Assert.SkipUnless(File.Exists(path), "The sources are not where they were built.");
        var document = File.ReadAllText(path);
        var begin = document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = document.IndexOf(End, StringComparison.Ordinal);

        var figures = AccuracyTable.Markdown();
        if (Environment.GetEnvironmentVariable("WRITE_ACCURACY") == "1")
        {
            document = document[..begin] + figures + document[end..];
            File.WriteAllText(path, document);
            end = begin + figures.Length;
        }

        Assert.Equal(document[begin..end], figures);
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
