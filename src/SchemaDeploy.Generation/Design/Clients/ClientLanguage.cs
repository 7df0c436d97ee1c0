namespace SchemaDeploy.Generation.Design.Clients;

/// <summary>What a client is written in.</summary>
public enum ClientLanguage
{
    /// <summary>TypeScript, for browsers and Node.js.</summary>
    TypeScript,

    /// <summary>C#, over HttpClient.</summary>
    CSharp,
}
