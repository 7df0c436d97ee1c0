using System.Collections.Frozen;
using SchemaDeploy.Generation.Design.Naming;

namespace SchemaDeploy.Generation.Design.Clients;

/// <summary>What the files of a client in some language write besides its own names, and how it writes those of members.</summary>
/// <param name="Types">Types.</param>
/// <param name="Members">Members of the client.</param>
/// <param name="Files">Files without their ending.</param>
/// <param name="Parameters">Parameters and keywords.</param>
/// <param name="Member">The name of a member from that of a set.</param>
internal sealed record ClientWords(
    FrozenSet<string> Types, FrozenSet<string> Members, FrozenSet<string> Files, FrozenSet<string> Parameters, Func<string, string> Member)
{
    private static readonly ClientWords s_typeScript = new(
        Set("""
            AbortSignal ApiError Array AsyncGenerator AsyncIterable ClientOptions Connection CreateOptions Date EqualityFilter Error Exclude Infinity
            ListQuery Map Method NaN Number Object OrderedFilter Page Partial Problem Promise PromiseLike Readonly Record RegExp
            RequestOptions Response Rows Set Sort String Symbol TextFilter TokenAnswer Tokens TypeError URL URLSearchParams WeakMap WriteOptions
            """),
        Set("constructor tokens etag register signIn signOut me changePassword prototype"),
        Set("client enums index"),
        Set("""
            arguments await break case catch changes class const continue debugger default delete do else enum eval export extends false
            finally for function if implements import in instanceof interface let new null options package private protected public query
            return row rows segment static super switch this throw true try typeof undefined var void while with yield
            """),
        Words.Camel);

    // What the framework has, no type of an application is called.
    private static readonly ClientWords s_cSharp = new(
        Set("""
            ApiException AuthenticationHeaderValue CallerArgumentExpression ConditionalWeakTable Connection EnumeratorCancellation
            EqualityFilter Expansion HttpStatusCode IChanges IFilter JsonExtensionData JsonTypeInfo ListQuery MediaTypeHeaderValue
            MediaTypeWithQualityHeaderValue OrderedFilter Page ParameterList Problem Queries ReadOnlyDictionary Sort TextFilter TokenAnswer Tokens
            """),
        Set("Tokens RegisterAsync SignInAsync SignOutAsync GetMeAsync ChangePasswordAsync Equals GetHashCode GetType ToString MemberwiseClone ReferenceEquals"),
        Set(""),
        Set("cancellationToken changes connection idempotencyKey ifMatch query row rows", ReservedNames.Keywords),
        set => set);

    /// <summary>The words of a language.</summary>
    public static ClientWords Of(ClientLanguage language) => language switch
    {
        ClientLanguage.TypeScript => s_typeScript,
        ClientLanguage.CSharp => s_cSharp,
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, null),
    };

    private static FrozenSet<string> Set(string names, params IEnumerable<string> more) =>
        names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Concat(more).ToFrozenSet(StringComparer.Ordinal);
}
