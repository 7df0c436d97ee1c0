namespace SchemaDeploy.AspNetCore.Hosting;

/// <summary>How much a request may ask of the server; the configuration's section Limits changes it.</summary>
internal sealed class RequestLimits
{
    public const string Section = "Limits";

    /// <summary>The most bytes in the body of a request for one row.</summary>
    public int RequestBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>The most bytes in the body of a request for many rows.</summary>
    public int BatchBodyBytes { get; set; } = 8 * 1024 * 1024;
}
