namespace SchemaDeploy.AspNetCore.Hosting;

/// <summary>The application cannot start as it is configured. The message is one line for the operator.</summary>
public class StartupException(string message) : Exception(message);
