using BuildBenchmark;

// dacfx FILE: what the yardstick process does. Otherwise: the benchmark.
return args switch
{
    ["dacfx", var file] => DacFxAlone.Run(file),
    [var tools, var sdkVersion, var packages, var report] => Benchmark.Run(tools, sdkVersion, packages, report),
    _ => throw new ArgumentException("usage: BuildBenchmark TOOLS_FOLDER SDK_VERSION PACKAGES_FOLDER REPORT.md"),
};
