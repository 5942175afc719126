using System.Reflection;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Cli.Contract;

/// <summary>Reads the contract from the hub interfaces: every <c>I…Hub</c> with its <c>I…Client</c> and its path in <see cref="HubPaths"/>.</summary>
internal sealed class ContractReader
{
    private static readonly Assembly Protocol = typeof(IRealtimeHub).Assembly;

    private readonly XmlDocs _docs = XmlDocs.Of(Protocol);
    private readonly ConstantsReader _constants;
    private readonly ShapeReader _shapes;

    private ContractReader()
    {
        _constants = new ConstantsReader(Protocol, _docs);
        _shapes = new ShapeReader(_docs, _constants);
    }

    public static WireContract Read(string version) => new ContractReader().ReadAll(version);

    private WireContract ReadAll(string version)
    {
        var common = new HubContract("Realtime", "", Methods(typeof(IRealtimeHub)), Pushes(typeof(IRealtimeClient)), null, _docs.Type(typeof(IRealtimeHub)));
        var hubs = Protocol.GetExportedTypes()
            .Where(t => t is { IsInterface: true } && t != typeof(IRealtimeHub) && t.Name.EndsWith("Hub", StringComparison.Ordinal))
            .OrderBy(t => t.Name, StringComparer.Ordinal)
            .Select(t => Hub(t, common))
            .ToList();
        ReadPayloads();
        CheckNames();
        return new WireContract(version, common, hubs, _shapes.Types, _constants.Read);
    }

    private HubContract Hub(Type hub, HubContract common)
    {
        var name = hub.Name[1..^"Hub".Length];
        var path = typeof(HubPaths).GetField(name)?.GetRawConstantValue() as string
            ?? throw new ContractException($"{hub.Name} has no path: HubPaths.{name} is missing.");
        var client = Protocol.GetType($"{hub.Namespace}.I{name}Client")
            ?? throw new ContractException($"{hub.Name} has no client interface: I{name}Client is missing.");
        var isRealtime = typeof(IRealtimeHub).IsAssignableFrom(hub);
        return new HubContract(name, path, Methods(hub), Pushes(client), isRealtime ? common : null, _docs.Type(hub));
    }

    private List<HubMethod> Methods(Type hub) => [.. Declared(hub).Select(Method)];

    private HubMethod Method(MethodInfo method)
    {
        WireShape? request = null;
        WireShape? upload = null;
        foreach (var parameter in method.GetParameters().Where(p => p.ParameterType != typeof(CancellationToken)))
        {
            if (ItemOf(parameter.ParameterType) is { } item)
            {
                upload = _shapes.Read(item);
            }
            else if (request is null)
            {
                request = _shapes.Read(parameter.ParameterType);
            }
            else
            {
                throw new ContractException($"{method.DeclaringType!.Name}.{method.Name} takes more than one request.");
            }
        }

        var stream = ItemOf(method.ReturnType);
        var result = stream ?? method.ReturnType.GetGenericArguments().FirstOrDefault();
        return new HubMethod(method.Name, request, upload, result is null ? null : _shapes.Read(result), stream is not null, _docs.Method(method));
    }

    private List<HubPush> Pushes(Type client) =>
    [
        .. Declared(client).Select(m => new HubPush(
            m.Name,
            _shapes.Read(m.GetParameters()[0].ParameterType),
            m.ReturnType.GetGenericArguments().FirstOrDefault() is { } result ? _shapes.Read(result) : null,
            _docs.Method(m))),
    ];

    // What the frames of channels carry: types that only the serialiser's context names.
    private void ReadPayloads()
    {
        foreach (var payload in typeof(RealtimeJsonContext).GetCustomAttributesData()
            .Where(a => a.AttributeType.Name == "JsonSerializableAttribute")
            .Select(a => (Type)a.ConstructorArguments[0].Value!))
        {
            _shapes.Read(payload);
        }
    }

    private void CheckNames()
    {
        var clash = _shapes.Types.Select(t => t.Name).Intersect(_constants.Read.Select(c => c.Singular)).FirstOrDefault();
        if (clash is not null)
        {
            throw new ContractException($"{clash} is the name of a type and of one value of a table.");
        }
    }

    private static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>) ? type.GetGenericArguments()[0] : null;

    // Interfaces that a hub inherits besides IRealtimeHub are its own.
    private static IEnumerable<MethodInfo> Declared(Type type)
    {
        var common = new[] { typeof(IRealtimeHub), typeof(IRealtimeClient) };
        return new[] { type }.Concat(type.GetInterfaces().Except(common)).SelectMany(t => t.GetMethods()).OrderBy(m => m.MetadataToken);
    }
}
