using BuildBenchmark;

// dacfx FILE: what the yardstick process does. Otherwise: the benchmark.
return args switch
{
    ["dacfx", var file] => DacFxAlone.Run(file),
    [var tool, var sdkVersion, var packages, var report] => Benchmark.Run(tool, sdkVersion, packages, report),
    _ => throw new ArgumentException("usage: BuildBenchmark TOOL.dll SDK_VERSION PACKAGES_FOLDER REPORT.md"),
};
