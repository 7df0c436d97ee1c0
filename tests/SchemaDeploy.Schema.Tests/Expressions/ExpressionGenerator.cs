using System.Globalization;
using CsCheck;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Tests.Expressions;

/// <summary>Arbitrary expressions of every kind.</summary>
internal static class ExpressionGenerator
{
    public static Gen<T> Any<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);

    private static readonly Gen<string> s_names = Gen.OneOf(
        Any("id", "quantity", "Name", "select", "and", "a b", "a\"b", "größe", "_x1", "1st", ""), Gen.String[1, 5]);

    private static readonly Gen<SqlExpression> s_literals = Gen.OneOf<SqlExpression>(
        Any(LiteralExpression.Null, LiteralExpression.True, LiteralExpression.False).Select(l => (SqlExpression)l),
        Gen.OneOf(
            Gen.Int[0, int.MaxValue].Select(i => i.ToString(CultureInfo.InvariantCulture)), Any("0.5", "1e10", "2.5E-3", "00", "7."))
            .Select(n => (SqlExpression)new LiteralExpression(LiteralKind.Number, n)),
        Gen.String[0, 8].Select(s => (SqlExpression)new LiteralExpression(LiteralKind.String, s)),
        Any("60s", "1.5h", "30d").Select(d => (SqlExpression)new LiteralExpression(LiteralKind.Duration, d)),
        Gen.Byte.Array[0, 4].Select(b => (SqlExpression)new LiteralExpression(LiteralKind.Binary, Convert.ToHexString(b))));

    private static readonly Gen<SqlType> s_types = Gen.OneOf(
        Gen.Int[1, 9000].Select(l => new SqlType(SqlTypeKind.VarChar, "x") { Length = l }),
        Gen.Select(Gen.Int[1, 38], Gen.Int[0, 9]).Select((p, s) => new SqlType(SqlTypeKind.Decimal, "x") { Precision = p, Scale = s }),
        Gen.Int[0, 6].Select(p => new SqlType(SqlTypeKind.Timestamp, "x") { Precision = p }),
        Gen.Enum<SqlTypeKind>().Select(k => new SqlType(k, "x")));

    public static Gen<SqlExpression> Expressions { get; } = Gen.Recursive<SqlExpression>((depth, self) =>
    {
        var leaves = Gen.OneOf(
            s_literals,
            s_names.Select(n => (SqlExpression)new ColumnExpression(n)),
            s_names.Select(n => (SqlExpression)new QualifiedExpression("old", n)));
        return depth >= 4 ? leaves : Gen.OneOf(leaves, Nodes(self));
    });

    private static Gen<SqlExpression> Nodes(Gen<SqlExpression> self) => Gen.OneOf<SqlExpression>(
        Gen.Select(Gen.Enum<UnaryOperator>(), self).Select((o, e) => (SqlExpression)new UnaryExpression(o, e)),
        Gen.Select(Gen.Enum<BinaryOperator>(), self, self).Select((o, l, r) => (SqlExpression)new BinaryExpression(o, l, r)),
        Gen.Select(self, self, self, Gen.Bool).Select((v, l, h, n) => (SqlExpression)new BetweenExpression(v, l, h, n)),
        Gen.Select(self, self.Array[0, 3], Gen.Bool).Select((v, i, n) => (SqlExpression)new InExpression(v, [.. i], n)),
        Gen.Select(self, Gen.Bool).Select((v, n) => (SqlExpression)new IsNullExpression(v, n)),
        Gen.Select(self, self, self, Gen.Bool, Gen.Bool).Select((v, p, e, has, n) => (SqlExpression)new LikeExpression(v, p, has ? e : null, n)),
        Gen.Select(self, self, Gen.Bool).Select((v, p, n) => (SqlExpression)new RegexExpression(v, p, n)),
        Gen.Select(self, Gen.Select(self, self).Array[1, 2], self, Gen.Int[0, 3]).Select((o, b, e, has) => (SqlExpression)new CaseExpression(
            (has & 1) == 0 ? null : o, [.. b.Select(x => new CaseBranch(x.Item1, x.Item2))], (has & 2) == 0 ? null : e)),
        Gen.Select(self, s_types).Select((v, t) => (SqlExpression)new CastExpression(v, t)),
        Gen.Select(s_names, self.Array[0, 3]).Select((f, a) => (SqlExpression)new FunctionExpression(f, [.. a])));
}
