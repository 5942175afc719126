using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace RealtimeHub.Tests.Engine.Hubs;

/// <summary>What SignalR promises of client results. Holds for stock SignalR and for the engine alike.</summary>
public abstract class HubResultContract(bool isEngine, string protocol = "json") : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private ContractServer _server = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await StartAsync(isEngine, protocol);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected virtual Task<ContractServer> StartAsync(bool isEngine, string protocol) => ContractServer.StartAsync(isEngine, protocol: protocol);

    [Fact]
    public async Task P90_a_client_s_result_is_the_call_s()
    {
        await using var a = await _server.ConnectAsync();

        var call = AskAsync<int>(a, None);
        var question = await a.WaitForQuestionAsync();
        await a.AnswerAsync(question, "result", 42);

        Assert.Equal("21", question.Argument.ToString());
        Assert.Equal(42, await call.WaitAsync(Limit, None));
    }

    [Fact]
    public async Task P90_a_result_may_be_null()
    {
        await using var a = await _server.ConnectAsync();

        var call = AskAsync<string?>(a, None);
        await a.AnswerAsync(await a.WaitForQuestionAsync(), "result", null);

        Assert.Null(await call.WaitAsync(Limit, None));
    }

    [Fact]
    public async Task P90_a_hub_method_can_ask_another_client()
    {
        await using var a = await _server.ConnectAsync();
        await using var b = await _server.ConnectAsync();

        var call = await a.Probe.BeginCallAsync("Ask", b.Id, 21);
        await b.AnswerAsync(await b.WaitForQuestionAsync(), "result", 42);

        Assert.Equal(42, (await call.WaitAsync(Limit, None)).GetInt32());
    }

    [Fact]
    public async Task P90_many_questions_at_once_get_their_own_answers()
    {
        await using var a = await _server.ConnectAsync();
        var calls = Enumerable.Range(0, 20).Select(i => _server.Hub.Clients.Client(a.Id).InvokeAsync<int>("Double", i, None)).ToList();

        foreach (var question in (await a.Probe.WaitForAsync("Double", 20)).Reverse())
        {
            await a.AnswerAsync(question, "result", question.Argument.GetInt32() * 2);
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(i => i * 2), await Task.WhenAll(calls).WaitAsync(Limit, None));
    }

    [Fact]
    public async Task P90_a_client_s_error_is_the_call_s()
    {
        await using var a = await _server.ConnectAsync();

        var call = AskAsync<int>(a, None);
        await a.AnswerAsync(await a.WaitForQuestionAsync(), "error", "no idea");

        Assert.Equal("no idea", (await Assert.ThrowsAsync<HubException>(() => call.WaitAsync(Limit, None))).Message);
    }

    [Fact]
    public async Task P90_a_result_of_another_type_is_an_error_and_the_connection_lives()
    {
        await using var a = await _server.ConnectAsync();

        var call = AskAsync<int>(a, None);
        await a.AnswerAsync(await a.WaitForQuestionAsync(), "result", "forty-two");

        await Assert.ThrowsAsync<HubException>(() => call.WaitAsync(Limit, None));
        await _server.FenceAsync(a);
    }

    [Fact]
    public async Task P90_another_connection_cannot_answer()
    {
        await using var a = await _server.ConnectAsync();
        await using var b = await _server.ConnectAsync();

        var call = AskAsync<int>(a, None);
        var question = await a.WaitForQuestionAsync();
        await b.AnswerAsync(question, "result", 99);
        await b.Probe.BeginCallAsync("Id");
        await a.AnswerAsync(question, "result", 42);

        Assert.Equal(42, await call.WaitAsync(Limit, None));
    }

    [Fact]
    public async Task P90_a_connection_that_is_not_there_cannot_be_asked()
    {
        await Assert.ThrowsAsync<IOException>(() => _server.Hub.Clients.Client("nobody").InvokeAsync<int>("Double", 1, None));
    }

    [Fact]
    public async Task P90_a_connection_that_goes_while_it_is_asked_ends_the_call()
    {
        await using var a = await _server.ConnectAsync();
        var call = AskAsync<int>(a, None);
        await a.WaitForQuestionAsync();

        a.Probe.Abort();

        await Assert.ThrowsAsync<IOException>(() => call.WaitAsync(Limit, None));
    }

    [Fact]
    public async Task P90_a_cancelled_call_ends_and_its_late_answer_harms_nobody()
    {
        await using var a = await _server.ConnectAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(None);
        var call = AskAsync<int>(a, cancel.Token);
        var question = await a.WaitForQuestionAsync();

        await cancel.CancelAsync();
        await Assert.ThrowsAsync<HubException>(() => call.WaitAsync(Limit, None));
        await a.AnswerAsync(question, "result", 42);
        var id = await a.Probe.CallAsync("Id");

        Assert.Equal((JsonValueKind.String, a.Id), (id.ValueKind, id.GetString()));
    }

    private Task<T> AskAsync<T>(Peer peer, CancellationToken cancellationToken) =>
        _server.Hub.Clients.Client(peer.Id).InvokeAsync<T>("Double", 21, cancellationToken);
}
