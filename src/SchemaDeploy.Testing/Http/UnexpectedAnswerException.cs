namespace SchemaDeploy.Testing.Http;

/// <summary>The application answered otherwise than it should. The message holds request and answer.</summary>
public sealed class UnexpectedAnswerException(string message) : Exception(message);
