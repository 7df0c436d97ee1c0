using System.Text.RegularExpressions;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Tests.Unit;

public sealed class ValidatorTests
{
    [Theory]
    [InlineData(@"^[a-z]+\z", "must match ^[a-z]+$")]
    [InlineData(@"^\\z\z", @"must match ^\\z$")]
    public void A_pattern_is_shown_as_the_schema_has_it(string pattern, string message)
    {
        var validator = new Validator();
        validator.Matches("code", "A\n", new Regex(pattern));

        var refusal = Assert.Throws<ApiException>(validator.ThrowIfInvalid);
        Assert.Equal([message], refusal.Errors["code"]);
    }

    [Fact]
    public void Where_rules_hold_no_message_is_put_together()
    {
        var validator = new Validator();
        validator.OneOf("kind", "a", "a", "b");
        validator.MaxLength("kind", "a", 10);

        var before = GC.GetAllocatedBytesForCurrentThread();
        validator.OneOf("kind", "a", "a", "b");
        validator.MaxLength("kind", "a", 10);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        validator.OneOf("kind", "c", "a", "b");
        Assert.Equal(["must be one of a, b"], Assert.Throws<ApiException>(validator.ThrowIfInvalid).Errors["kind"]);
    }
}
