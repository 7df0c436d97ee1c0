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
}
