using System.Globalization;
using SchemaDeploy.Tool;

// Messages and generated text must not depend on the machine's language.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

return ToolProgram.Run(args, Console.Out);
