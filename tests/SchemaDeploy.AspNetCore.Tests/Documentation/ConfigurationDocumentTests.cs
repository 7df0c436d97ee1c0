using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Tests.Documentation;

/// <summary>docs/configuration.md says of every setting what the code says.</summary>
public sealed partial class ConfigurationDocumentTests
{
    // Read by .NET, ASP.NET Core and OpenTelemetry themselves.
    private static readonly string[] s_frameworks = ["ASPNETCORE_ENVIRONMENT", "ASPNETCORE_URLS", "HTTPS_PORT", "OTEL_EXPORTER_OTLP_ENDPOINT"];

    private static readonly string s_root = Repository.Root;

    private static readonly Dictionary<string, string> s_documented = File.ReadLines(Path.Combine(s_root, "docs", "configuration.md"))
        .Select(line => Row().Match(line))
        .Where(match => match.Success)
        .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["default"].Value.Trim());

    /// <summary>Every class that a section of the configuration is read into, by the constant that names the section.</summary>
    private static readonly Dictionary<string, object?> s_sections = typeof(StartupException).Assembly.GetTypes()
        .Where(type => type.GetField("Section", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic) is { IsLiteral: true })
        .SelectMany(type => SettingsOf((string)type.GetField("Section", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.GetRawConstantValue()!, Activator.CreateInstance(type)!))
        .ToDictionary(setting => setting.Name, setting => setting.Default);

    /// <summary>Every setting that the library reads by its name.</summary>
    private static readonly HashSet<string> s_named = Directory.EnumerateFiles(Path.Combine(s_root, "src", "SchemaDeploy.AspNetCore"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .SelectMany(file => Reading().Matches(File.ReadAllText(file)))
        .Select(match => match.Groups["name"].Value)
        .Concat(SecretFiles.Settings)
        .Where(name => name.Any(char.IsUpper))
        .ToHashSet();

    [Fact]
    public void Every_setting_of_a_section_is_documented_and_no_other() =>
        Assert.Equal(
            s_sections.Keys.Order(StringComparer.Ordinal),
            s_documented.Keys.Where(name => s_sections.Keys.Any(known => known.Split(':')[0] == name.Split(':')[0])).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_setting_that_is_read_by_name_is_documented_and_no_other() =>
        Assert.Equal(
            s_named.Concat(s_frameworks).Order(StringComparer.Ordinal),
            s_documented.Keys.Except(s_sections.Keys).Order(StringComparer.Ordinal));

    [Fact]
    public void Defaults_are_those_of_the_code()
    {
        Assert.NotEmpty(s_sections);
        Assert.All(s_sections, setting => Assert.Equal(TextOf(setting.Value), s_documented[setting.Key].Trim('`')));
    }

    private static IEnumerable<(string Name, object? Default)> SettingsOf(string prefix, object settings)
    {
        foreach (var property in settings.GetType().GetProperties().Where(property => property.CanWrite))
        {
            var (name, value) = ($"{prefix}:{property.Name}", property.GetValue(settings));
            if (property.PropertyType.Assembly == settings.GetType().Assembly && property.PropertyType.IsClass)
            {
                foreach (var inner in SettingsOf(name, value!))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return (name, value);
            }
        }
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        bool isOn => isOn ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \| (?<default>[^|]*?) ?\|")]
    private static partial Regex Row();

    // configuration["NAME"], configuration.ReadCount("NAME", …), and the constants that stand for names.
    [GeneratedRegex("""(?:onfiguration\[|\.Read(?:Count|Switch)\(|const string Setting = )"(?<name>[^"]+)""")]
    private static partial Regex Reading();
}
