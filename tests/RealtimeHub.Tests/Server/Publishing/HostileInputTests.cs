using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Publishing;

public class HostileInputTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Offline = "\"type\":\"camera.offline\",\"payload\":{\"camera_id\":\"a\",\"camera_name\":\"a\",\"timestamp\":\"2026-01-01T00:00:00Z\"";

    public static TheoryData<string> BadNames =>
    [
        "job:..", "job:.", "job:a:..", "job:a%2Fb", "job:a%2F..%2Fb", "job:..%5Cb", "job:ü", "job:%F0%9F%92%A5", "%E2%80%AEstneve", "job:a b", ":a",
        "job:" + new string('a', 197), "job:" + new string('a', 5_000),
    ];

    [Theory]
    [MemberData(nameof(BadNames))]
    public async Task P53_a_name_that_could_mean_something_else_is_refused(string name)
    {
        using var http = shared.Server.Http();

        var publish = await Problem.OfEventAsync(http, SampleEvent.Security(1), name);
        var history = await Problem.OfGetAsync(http, $"/api/v1/channels/{name}/history");

        Assert.Equal((400, "INVALID_CHANNEL"), publish.Answer);
        Assert.Equal((400, "INVALID_CHANNEL"), history.Answer);
        Assert.All(publish.Body.GetProperty("errors").EnumerateArray(), e => Assert.InRange(e.GetProperty("value").GetString()!.Length, 0, 101));
    }

    [Fact]
    public async Task P53_a_name_of_two_hundred_characters_is_one()
    {
        using var http = shared.Server.Http();
        var name = "service:" + new string('a', 192);

        var result = await http.PublishAsync(new { type = "service.status", payload = new { name = new string('a', 192), status = "healthy" } }, name);

        Assert.Equal(name, result.Channel);
    }

    [Theory]
    [InlineData("{" + Offline + ",\"extra\":$DEEP}}")]
    [InlineData("$DEEP")]
    [InlineData("{\"type\":$DEEP}")]
    [InlineData("{\"unknown\":$DEEP}")]
    public async Task P50_JSON_that_is_too_deep_is_a_bad_request(string body)
    {
        using var http = shared.Server.Http();

        var problem = await Problem.OfPostAsync(http, body.Replace("$DEEP", new string('[', 100) + new string(']', 100), StringComparison.Ordinal));

        Assert.Equal((400, "INVALID_REQUEST"), problem.Answer);
    }

    [Theory]
    [InlineData("{" + Offline + ",\"extra\":1e999}}")]
    [InlineData("{" + Offline + ",\"extra\":123456789012345678901234567890123456789012345678901234567890}}")]
    [InlineData("{" + Offline + "},\"timestamp\":\"9999-12-31T23:59:59Z\"}")]
    [InlineData("{" + Offline + "},\"timestamp\":\"0001-01-01T00:00:00Z\"}")]
    public async Task P50_numbers_and_times_of_any_size_are_passed_on_where_nothing_bounds_them(string body)
    {
        using var http = shared.Server.Http();
        await using var probe = await HubProbe.ConnectAsync(shared.Server.Uri, "/hubs/events");
        await probe.WaitForAsync("Subscribed");

        using var response = await Problem.PostAsync(http, body);
        var frame = (await probe.WaitForAsync("Event"))[0];

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal("camera.offline", frame["type"].GetString());
    }

    [Theory]
    [InlineData("events", """{"type":"event","payload":{"risk_score":1e999}}""")]
    [InlineData("events", """{"type":"\ud800","payload":{}}""")]
    [InlineData("events", """{"\ud800":1}""")]
    [InlineData("events", """{"type":"event","payload":{"\ud800":1}}""")]
    [InlineData("events", """{"type":"event","payload":{},"tags":{"\ud800":"a"}}""")]
    [InlineData("events", """{"type":"event","payload":{},"eventId":"\udc00"}""")]
    [InlineData("job:a", """{"type":"job.log","payload":{"job_id":"\ud800","level":"info","message":"a"}}""")]
    [InlineData("job:a", """{"type":"job.log","payload":{"job_id":"a","\ud800\ud800":1,"level":"info","message":"a"}}""")]
    [InlineData("job:a", """{"type":"job.progress","payload":{"job_id":"a","progress":1e999,"status":"running"}}""")]
    [InlineData("service:a", """{"type":"service.status","payload":{"service":"\ud800","status":"healthy"}}""")]
    [InlineData("service:a", """{"type":"service.status","payload":{"name":"a","status":"healthy","latency_ms":1e999}}""")]
    [InlineData("service:a", """{"type":"service.status","payload":{"name":"a","status":"healthy","message":"\ud800"}}""")]
    public async Task P8_texts_that_are_no_Unicode_and_numbers_out_of_range_are_refused(string channel, string body)
    {
        using var http = shared.Server.Http();

        var problem = await Problem.OfPostAsync(http, body, channel: channel);

        Assert.Equal(400, problem.Status);
        Assert.Contains(problem.Code, (IEnumerable<string>)["INVALID_PAYLOAD", "INVALID_REQUEST"]);
    }

    [Theory]
    [InlineData("{\"type\":\"\u00ff\",\"payload\":{}}")]
    [InlineData("{\"type\":\"event\",\"payload\":{\"summary\":\"\u00ff\"}}")]
    [InlineData("{\"type\":\"event\",\"payload\":{},\"tags\":{\"\u00ff\":\"a\"}}")]
    [InlineData("{\"\u00ff\":1}")]
    [InlineData("\u00ff\u00fe\u0000{")]
    public async Task P50_bytes_that_are_no_UTF_8_are_a_bad_request(string body)
    {
        using var http = shared.Server.Http();
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue(Problem.Json);

        using var response = await http.PostAsync(new Uri("/api/v1/channels/events/events", UriKind.Relative), content);
        var problem = await Problem.OfAsync(response);

        Assert.Equal(400, problem.Status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    [InlineData("multipart/form-data")]
    public async Task P9_another_content_type_is_refused_with_problem_details(string contentType)
    {
        using var http = shared.Server.Http();

        var problem = await Problem.OfPostAsync(http, "{" + Offline + "}}", contentType);

        Assert.Equal((415, "INVALID_REQUEST"), problem.Answer);
    }

    [Fact]
    public async Task P50_a_compressed_body_is_refused_not_guessed_at()
    {
        using var http = shared.Server.Http();
        using var body = new MemoryStream();
        await using (var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes("{" + Offline + "}}"));
        }

        using var content = new ByteArrayContent(body.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue(Problem.Json);
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await http.PostAsync(new Uri("/api/v1/channels/events/events", UriKind.Relative), content);
        var problem = await Problem.OfAsync(response);

        Assert.Equal((400, "INVALID_REQUEST"), problem.Answer);
    }

    [Fact]
    public async Task P50_JSON_without_a_content_type_is_one_event()
    {
        using var http = shared.Server.Http();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("{" + Offline + "}}"));

        using var response = await http.PostAsync(new Uri("/api/v1/channels/events/events", UriKind.Relative), content);

        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
