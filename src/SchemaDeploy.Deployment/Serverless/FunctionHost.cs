namespace SchemaDeploy.Deployment.Serverless;

/// <summary>A platform that runs functions, and what it takes.</summary>
internal sealed record FunctionHost
{
    private const int Megabyte = 1024 * 1024;

    /// <summary>https://vercel.com/docs/functions/limitations.</summary>
    public static readonly FunctionHost Vercel = new()
    {
        Target = DeployTarget.Vercel,
        Name = "Vercel",
        FunctionFolder = ".vercel/output/functions/index.func",
        LongestBody = 9 * Megabyte / 2,
        LargestFunction = 250 * Megabyte,
    };

    /// <summary>https://docs.netlify.com/build/functions/get-started and, for the archive, AWS Lambda, on which its functions run.</summary>
    public static readonly FunctionHost Netlify = new()
    {
        Target = DeployTarget.Netlify,
        Name = "Netlify",
        FunctionFolder = "functions/api",
        LongestBody = 6 * Megabyte,
        LargestFunction = 250 * Megabyte,
        // 50 MB, less what Netlify's build adds.
        LargestArchive = 50 * Megabyte - Megabyte / 2,
    };

    public required DeployTarget Target { get; init; }

    public required string Name { get; init; }

    /// <summary>The function, within the bundle.</summary>
    public required string FunctionFolder { get; init; }

    /// <summary>The application, within the bundle.</summary>
    public string ApplicationFolder => $"{FunctionFolder}/app";

    /// <summary>The most bytes in the body of a request.</summary>
    public required int LongestBody { get; init; }

    /// <summary>The most bytes of a function.</summary>
    public required int LargestFunction { get; init; }

    /// <summary>The most bytes of its archive; null where the platform counts what is in it alone.</summary>
    public int? LargestArchive { get; init; }

    /// <summary>The platform of a target; null where it runs no functions.</summary>
    public static FunctionHost? Of(DeployTarget target) => target switch
    {
        DeployTarget.Vercel => Vercel,
        DeployTarget.Netlify => Netlify,
        _ => null,
    };
}
