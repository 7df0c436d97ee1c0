namespace SchemaDeploy.AspNetCore.Tests.App;

/// <summary>Tests that hold on every database.</summary>
public abstract class AppTests
{
    protected AppTests(RunningApp app)
    {
        Assert.SkipWhen(app.WhyMissing is not null, app.WhyMissing ?? "");
        App = app;
    }

    protected RunningApp App { get; }
}
