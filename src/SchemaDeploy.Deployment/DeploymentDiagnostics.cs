using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment;

/// <summary>SD4xxx: what can be wrong with a deployment. SD4001 and SD4002 are shared with the SDK's targets, which alone have SD4020 and SD4021.</summary>
public static class DeploymentDiagnostics
{
    /// <summary>A DeployTarget that there is not.</summary>
    public static readonly DiagnosticDescriptor UnknownTarget = UnknownValue("SD4001", "DeployTarget");

    /// <summary>A DeployEnvironment that there is not.</summary>
    public static readonly DiagnosticDescriptor UnknownEnvironment = UnknownValue("SD4002", "DeployEnvironment");

    /// <summary>A name that no image can have.</summary>
    public static readonly DiagnosticDescriptor ImageNotUsable = new(
        "SD4003", DiagnosticSeverity.Error,
        "DeployImage '{0}' cannot be the name of an image: {1}.",
        "Images are named registry/repository:tag, in small letters, and each version of the application has a tag of its own.",
        "Write a name such as registry.example.com/shop:1.2.3; without a tag it gets that of the project's Version.");

    /// <summary>A generated file that somebody has changed.</summary>
    public static readonly DiagnosticDescriptor FileEdited = new(
        "SD4010", DiagnosticSeverity.Warning,
        "The file was changed by hand and is generated anew. What it held is kept as {0}.",
        "Every file of a bundle is made by publishing. The bundle's list of hashes says that this one is not as it was left, or does not know it.",
        "Say what is to be different where publishing leaves it alone: in compose.override.yaml or overlays/custom, in the "
            + "environment's .env file, in a property of the project or a template of SchemaTemplatesPath. Then delete the kept file.");

    /// <summary>A generated file that somebody has changed and that is not generated any more.</summary>
    public static readonly DiagnosticDescriptor FileAbandoned = new(
        "SD4011", DiagnosticSeverity.Warning,
        "The file belonged to the bundle and was changed by hand. It is not generated any more and stays as it is.",
        "The project changed, for example its database, so that the bundle does without the file.",
        "Delete the file, or keep it as one of your own.");

    /// <summary>A bundle that cannot be written.</summary>
    public static readonly DiagnosticDescriptor BundleUnwritable = new(
        "SD4012", DiagnosticSeverity.Error,
        "The bundle cannot be written: {0}",
        "The folder that DeployDir names is read-only, full, a file, or in use by another program.",
        "Give the user who publishes write access to the folder, or set DeployDir to another one.");

    /// <summary>A model that cannot be read.</summary>
    public static readonly DiagnosticDescriptor ModelUnreadable = new(
        "SD4013", DiagnosticSeverity.Error,
        "The schema's model cannot be read: {0}",
        "The schema has not been compiled, or by another version of the SDK.",
        "Build the project, and publish again.");

    /// <summary>A file that the image needs and that is out of the image's reach.</summary>
    public static readonly DiagnosticDescriptor OutsideContext = new(
        "SD4014", DiagnosticSeverity.Error,
        "The image needs {0}, which is not within DeployContext ({1}).",
        "An image is built from one folder and what is below it; the project or a file that restoring needs lies elsewhere.",
        "Set DeployContext to a folder that holds both, such as that of the repository: <DeployContext>../..</DeployContext>.");

    /// <summary>A database that the bundle does not bring.</summary>
    public static readonly DiagnosticDescriptor DatabaseNotBrought = new(
        "SD4015", DiagnosticSeverity.Warning,
        "compose.yaml brings no {0}. Write the URL of one into secrets/ENVIRONMENT/database_url.",
        "Bundles bring PostgreSQL, MariaDB and SQLite.",
        "Name a server of your own, or set SchemaDatabase to one of those.");

    /// <summary>A database that one process at a time can use.</summary>
    public static readonly DiagnosticDescriptor OneReplica = new(
        "SD4016", DiagnosticSeverity.Warning,
        "The bundle for Kubernetes runs one replica, which is stopped before the next one starts: SQLite is a file on a volume.",
        "The project has no SchemaDatabase, or Sqlite; replicas cannot share its file, so that a rollout or a lost node interrupts the service.",
        "Set SchemaDatabase to PostgreSql or MySql for replicas, or live with one: <NoWarn>$(NoWarn);SD4016</NoWarn>.");

    /// <summary>A publication that cannot run where there is no .NET.</summary>
    public static readonly DiagnosticDescriptor NotSelfContained = new(
        "SD4022", DiagnosticSeverity.Error,
        "What was published is no self-contained program for Linux on x64, and {0} has no .NET.",
        "`dotnet publish` makes such a program for this target by itself. Another command, or a property on the command line such as "
            + "SelfContained or RuntimeIdentifier, made something else.",
        "Publish with `dotnet publish -p:DeployTarget=…` and without those.");

    /// <summary>A function that the platform will not take.</summary>
    public static readonly DiagnosticDescriptor FunctionTooLarge = new(
        "SD4023", DiagnosticSeverity.Error,
        "The function has {0}{1}, and on {3} at most {2}.",
        "The program holds the .NET runtime and all packages of the project.",
        "Take out packages and databases that the function does not need, or GraphQL; or compile less of it ahead, which makes it smaller and slower to "
            + "start: PublishReadyToRunExclude names files of packages, PublishReadyToRun=false all. Or deploy an image: DeployTarget=docker.");

    /// <summary>A function that the platform may soon not take any more.</summary>
    public static readonly DiagnosticDescriptor FunctionNearLimit = new(
        "SD4024", DiagnosticSeverity.Warning,
        "The function has {0}{1}, which is near the {2} that it may have on {3}.",
        "The program holds the .NET runtime and all packages of the project.",
        "Take out packages and databases that the function does not need, before one more makes it too large, or live with it: "
            + "<NoWarn>$(NoWarn);SD4024</NoWarn>.");

    /// <summary>A bill of materials that cannot be made.</summary>
    public static readonly DiagnosticDescriptor NoBillOfMaterials = new(
        "SD4025", DiagnosticSeverity.Error,
        "The bill of materials cannot be made: {0}.",
        "It is made of obj/project.assets.json, which restoring writes, and goes to obj/schema.",
        "Restore and publish again with the same RuntimeIdentifier, or publish without it: -p:SchemaSbom=false.");

    /// <summary>A pipeline that there is not.</summary>
    public static readonly DiagnosticDescriptor UnknownPipeline = UnknownValue("SD4026", "SchemaPipelineFor");

    /// <summary>A pipeline that would not know where to deploy to.</summary>
    public static readonly DiagnosticDescriptor NoPipelineTarget = new(
        "SD4027", DiagnosticSeverity.Error,
        "The pipeline has nowhere to deploy to.",
        "SchemaPipeline writes a pipeline for the targets of DeployTarget, and there is none.",
        "Name a target: -p:DeployTarget=k8s.");

    /// <summary>An image that a pipeline cannot push.</summary>
    public static readonly DiagnosticDescriptor NoRegistry = new(
        "SD4028", DiagnosticSeverity.Error,
        "The pipeline cannot push {0}, which names no registry.",
        "What the pipeline builds on one machine runs on another, which pulls it from a registry.",
        "Set DeployImage in the project: <DeployImage>ghcr.io/acme/shop</DeployImage>.");

    /// <summary>A pipeline for what no repository holds.</summary>
    public static readonly DiagnosticDescriptor NoRepository = new(
        "SD4029", DiagnosticSeverity.Error,
        "{0} is in no git repository that the project is in.",
        "A pipeline lies at the top of a repository and works on what is in it.",
        "Begin one with `git init`, or move what is outside into it.");

    /// <summary>A branch that cannot be one.</summary>
    public static readonly DiagnosticDescriptor BranchNotUsable = new(
        "SD4030", DiagnosticSeverity.Error,
        "SchemaPipelineBranch '{0}' cannot be a branch that is deployed.",
        "Branches are named by letters, digits, dots, dashes, underscores and slashes; a pattern would deploy many.",
        "Write the name of one branch, such as main.");

    private static DiagnosticDescriptor UnknownValue(string code, string property) => new(
        code, DiagnosticSeverity.Error,
        $"{property} '{{0}}' is not known.{{1}} The values are: {{2}}.",
        $"The property {property} has a value that is none of those it knows.",
        "Correct the property, or remove it and let the default hold.");
}
