namespace SchemaDeploy.AspNetCore.Monitoring;

/// <summary>Why a request was refused, where operators are told how often that happens.</summary>
internal enum RefusalReason
{
    /// <summary>The same request was made a moment ago.</summary>
    DuplicateRequest,

    /// <summary>The same row was created a moment ago.</summary>
    DuplicateRow,

    /// <summary>A rule of the schema, a guardian or a check of the database is broken.</summary>
    Rule,

    /// <summary>The client asks too often.</summary>
    RateLimit,

    /// <summary>The password is wrong, or the account may not sign in.</summary>
    Login,

    /// <summary>There were too many wrong passwords.</summary>
    LockOut,
}
