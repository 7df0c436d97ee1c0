using System.Collections.Concurrent;
using System.Reflection;
using SchemaDeploy.Schema.Diagnostics;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;
using SourceSpan = Scriban.Parsing.SourceSpan;

namespace SchemaDeploy.Generation.Rendering;

/// <summary>
/// The templates of generated files. A file of the same name in the user's folder takes the place of a built-in one.
/// </summary>
public sealed class TemplateSet
{
    private readonly ConcurrentDictionary<string, Template?> _templates = new(StringComparer.Ordinal);

    // A context learns by reflection what members the views have: too dear for a single file.
    private readonly ConcurrentBag<TemplateContext> _contexts = [];
    private readonly ScriptObject _builtins = TemplateContext.GetDefaultBuiltinObject();
    private readonly Assembly _assembly;
    private readonly string? _userFolder;
    private readonly DiagnosticBag _diagnostics;

    /// <summary>The templates built into <paramref name="assembly"/>, with those of <paramref name="userFolder"/> in place of their namesakes.</summary>
    public TemplateSet(Assembly assembly, string? userFolder, DiagnosticBag diagnostics)
    {
        _assembly = assembly;
        _userFolder = userFolder;
        _diagnostics = diagnostics;
    }

    /// <summary>The text that the template <paramref name="name"/> gives for <paramref name="model"/>; empty where the template is wrong.</summary>
    public string Render(string name, object model)
    {
        if (_templates.GetOrAdd(name, Load) is not { } template)
        {
            return "";
        }

        if (!_contexts.TryTake(out var context))
        {
            context = new TemplateContext(_builtins)
            {
                StrictVariables = true,
                LoopLimit = 0,
                LimitToString = 0,
                MemberRenamer = StandardMemberRenamer.Default,
                TemplateLoader = new Loader(this),
            };
        }

        var globals = new ScriptObject();
        globals.SetValue("model", model, readOnly: true);
        context.PushGlobal(globals);
        try
        {
            var text = template.Render(context).ReplaceLineEndings("\n");
            context.PopGlobal();
            _contexts.Add(context);
            return text;
        }
        catch (ScriptRuntimeException exception)
        {
            Report(name, exception.Span, exception.OriginalMessage);
            return "";
        }
    }

    private Template? Load(string name)
    {
        var text = Read(name, out var path) ?? throw new InvalidOperationException($"The template {name} is not part of the tool.");
        var template = Template.Parse(text, path);
        foreach (var message in template.Messages)
        {
            Report(name, message.Span, message.Message);
        }

        return template.HasErrors ? null : template;
    }

    private string? Read(string name, out string path)
    {
        if (_userFolder is not null && File.Exists(path = Path.Combine(_userFolder, name)))
        {
            return File.ReadAllText(path);
        }

        path = name;
        using var stream = _assembly.GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private void Report(string name, SourceSpan span, string message)
    {
        var place = new Schema.Diagnostics.SourceSpan(
            span.FileName ?? name, span.Start.Line + 1, span.Start.Column + 1, span.End.Line + 1, span.End.Column + 1);
        lock (_diagnostics)
        {
            _diagnostics.Report(TemplateDiagnostics.Broken, place, message);
        }
    }

    // What a template includes is a template too, which may be the user's; of one that there is not, null says so.
    private sealed class Loader(TemplateSet templates) : ITemplateLoader
    {
        public string? GetPath(TemplateContext context, SourceSpan callerSpan, string templateName) => templateName;

        public string? Load(TemplateContext context, SourceSpan callerSpan, string templatePath) => templates.Read(templatePath, out _);

        public ValueTask<string?> LoadAsync(TemplateContext context, SourceSpan callerSpan, string templatePath) => new(Load(context, callerSpan, templatePath));
    }
}
