using Microsoft.Extensions.Configuration;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Tests.Hosting;

public sealed class SecretFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Settings => new(SecretFiles.Settings);

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_file_holds_the_secret(string setting)
    {
        var configuration = SchemaApplication.CreateBuilder([$"--{setting}_FILE={Write(" s3cret=; \r\n")}"]).Configuration;
        Assert.Equal(" s3cret=; ", configuration[setting]);
    }

    [Fact]
    public void Environment_variables_name_files_too()
    {
        using var configuration = new ConfigurationManager();
        Environment.SetEnvironmentVariable("SECRETFILES_ConnectionStrings__Default_FILE", Write("Data Source=x"));
        configuration.AddEnvironmentVariables("SECRETFILES_");
        configuration.AddSecretFiles();
        Assert.Equal("Data Source=x", configuration.GetConnectionString("Default"));
    }

    [Fact]
    public void A_secret_given_twice_is_told()
    {
        var message = Fail($"--JWT_SECRET_FILE={Write("one")}", "--JWT_SECRET=two");
        Assert.Equal("Both JWT_SECRET and JWT_SECRET_FILE are set. Set one of them.", message);
    }

    [Fact]
    public void A_file_that_is_missing_or_empty_is_told()
    {
        Assert.StartsWith("DATABASE_URL_FILE names a file that cannot be read: Could not find file", Fail($"--DATABASE_URL_FILE={_folder}/none"), StringComparison.Ordinal);
        Assert.StartsWith("DATABASE_URL_FILE names a file that cannot be read: ", Fail($"--DATABASE_URL_FILE={_folder}"), StringComparison.Ordinal);
        Assert.EndsWith("which is empty.", Fail($"--DATABASE_URL_FILE={Write("\n")}"), StringComparison.Ordinal);
    }

    private static string Fail(params string[] arguments) =>
        Assert.Throws<StartupException>(() => SchemaApplication.CreateBuilder(arguments)).Message;

    private string Write(string text)
    {
        var file = Path.Combine(_folder, "secret");
        File.WriteAllText(file, text);
        return file;
    }
}
