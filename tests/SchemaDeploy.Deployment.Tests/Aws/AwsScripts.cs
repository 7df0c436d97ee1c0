using SchemaDeploy.Deployment.Tests.Cloud;

namespace SchemaDeploy.Deployment.Tests.Aws;

/// <summary>The bundle for AWS, and an aws and a docker that answer as an account would.</summary>
internal static class AwsScripts
{
    public const string Image = "IMAGE=123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1";

    /// <summary>An account that has everything, with a task that serves and another that is new.</summary>
    /// <param name="serves">Whether a task serves.</param>
    /// <param name="exitCode">How the migration ends.</param>
    public static CloudScripts Ready(bool serves = true, string exitCode = "0") =>
        New()
            .Answer("OutputKey=='Cluster'", "\"shop-production\"")
            .Answer("OutputKey=='ServiceGroup'", "\"sg-1\"")
            .Answer("OutputKey=='Host'", "\"shop.elb.amazonaws.com\"")
            .Answer("StackName=='shop-production-migration'", "\"arn:aws:ecs:task-definition/shop-production-migration:4\"")
            .Answer("StackName=='shop-production'", serves ? "\"arn:aws:ecs:task-definition/shop-production:7\"" : "null")
            .Answer("list-secrets", "[ \"shop-production/database-url\", \"shop-production/redis-url\" ]")
            .Answer("ecr get-login-password", "token")
            .Answer("ecs run-task", "arn:aws:ecs:eu-west-1:123456789012:task/shop-production/abc")
            .Answer("ecs describe-tasks", exitCode);

    /// <summary>An account that has nothing.</summary>
    public static CloudScripts New() => new(
        DeployTarget.Aws, ["aws", "docker", "dotnet"],
        ("AWS_VPC=", "AWS_VPC=vpc-1"), ("AWS_PUBLIC_SUBNETS=", "AWS_PUBLIC_SUBNETS=subnet-1,subnet-2"), ("AWS_SUBNETS=", "AWS_SUBNETS=subnet-3,subnet-4"),
        ("AWS_CERTIFICATE=", "AWS_CERTIFICATE=arn:aws:acm:eu-west-1:123456789012:certificate/abc"), ("ADMIN_EMAIL=", "ADMIN_EMAIL=\"ada\\@acme.org"));
}
