using System.Reflection;
using System.Xml.Linq;

namespace RealtimeHub.Cli.Contract;

/// <summary>The XML docs of one assembly, from the file beside it.</summary>
internal sealed class XmlDocs
{
    private readonly Dictionary<string, XElement> _members;

    private XmlDocs(Dictionary<string, XElement> members) => _members = members;

    public static XmlDocs Of(Assembly assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
        return File.Exists(file)
            ? new XmlDocs(XDocument.Load(file).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal))
            : throw new ContractException($"The docs of the contract are not beside it: {file} is missing.");
    }

    public XElement? Type(Type type) => Find($"T:{Name(type)}");

    public XElement? Property(PropertyInfo property) => Find($"P:{Name(property.DeclaringType!)}.{property.Name}");

    public XElement? Field(FieldInfo field) => Find($"F:{Name(field.DeclaringType!)}.{field.Name}");

    // Hub methods have no overloads: SignalR calls them by name.
    public XElement? Method(MethodInfo method)
    {
        var name = $"M:{Name(method.DeclaringType!)}.{method.Name}";
        return _members.FirstOrDefault(m => m.Key == name || m.Key.StartsWith(name + "(", StringComparison.Ordinal)).Value;
    }

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private XElement? Find(string name) => _members.GetValueOrDefault(name);
}
