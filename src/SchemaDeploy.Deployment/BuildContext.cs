namespace SchemaDeploy.Deployment;

/// <summary>The folder that an image is built from; nothing outside of it can go into the image.</summary>
public static class BuildContext
{
    /// <summary>The nearest folder that holds the project and all files that building it reads.</summary>
    public static string Of(string projectDirectory, IEnumerable<string> files)
    {
        var context = projectDirectory;
        foreach (var file in files)
        {
            while (!Has(context, file) && Path.GetDirectoryName(context) is { } parent)
            {
                context = parent;
            }
        }

        return context;
    }

    /// <summary>Whether the file is in the folder or in one below it.</summary>
    public static bool Has(string context, string file)
    {
        var path = Path.GetRelativePath(context, file);
        return !Path.IsPathRooted(path) && path.Split('/', '\\')[0] != "..";
    }
}
