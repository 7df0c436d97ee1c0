using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Reflection;

namespace ToolImages;

/// <summary>Records which methods the runtime compiles in this process while they are called.</summary>
internal sealed class MethodRecorder : EventListener
{
    private const EventKeywords Jit = (EventKeywords)0x10;
    private const uint DynamicMethod = 0x1;

    // The public way from a handle to a method refuses methods of generic types.
    private static readonly FieldInfo s_handleValue =
        typeof(RuntimeMethodHandle).GetField("m_value", BindingFlags.NonPublic | BindingFlags.Instance)!;

    private static readonly MethodInfo s_methodOfHandle = typeof(object).Assembly.GetType("System.RuntimeType")!
        .GetMethods(BindingFlags.NonPublic | BindingFlags.Static)
        .Single(method => method.Name == "GetMethodBase" && method.GetParameters().Length == 1);

    // The base class calls OnEventSourceCreated before a constructor here could run.
    private readonly ConcurrentDictionary<ulong, string> _methods = new();

    /// <summary>The methods whose code is in the folder <paramref name="within"/>, or that are instances over types from there.</summary>
    public IReadOnlyList<MethodBase> Methods(string within) =>
    [
        .. _methods
            .Select(method => (Name: method.Value, Method: MethodOf(method.Key)))
            .Where(method => MethodProfile.AssembliesOf(method.Method).Any(assembly => assembly.Location.StartsWith(within, StringComparison.Ordinal)))
            .OrderBy(method => method.Name, StringComparer.Ordinal)
            .Select(method => method.Method),
    ];

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
        {
            EnableEvents(eventSource, EventLevel.Verbose, Jit);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("MethodLoadVerbose", StringComparison.Ordinal) == true
            && eventData.Payload is [ulong id, _, _, _, _, uint flags, string type, string name, string signature, ..]
            && (flags & DynamicMethod) == 0)
        {
            _methods.TryAdd(id, $"{type}.{name} {signature}");
        }
    }

    private static MethodBase MethodOf(ulong id) =>
        (MethodBase)s_methodOfHandle.Invoke(null, [s_handleValue.GetValue(RuntimeMethodHandle.FromIntPtr((nint)id))])!;
}
