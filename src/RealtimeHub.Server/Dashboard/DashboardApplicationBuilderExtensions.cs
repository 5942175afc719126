using Microsoft.Extensions.FileProviders;

namespace RealtimeHub.Server.Dashboard;

internal static class DashboardApplicationBuilderExtensions
{
    private const string Missing = """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>RealtimeHub</title>
        <h1>The dashboard is not built</h1>
        <p>The server runs; its hubs and its HTTP API are there. The dashboard is built with it when Node.js 20 or later and npm are
        installed: install them, and start the server again with <code>dotnet run --project src/RealtimeHub.Server</code>.</p></html>
        """;

    /// <summary>Serves the dashboard at <c>/</c>, to everybody: it holds no data, and asks for a key itself.</summary>
    public static IApplicationBuilder UseDashboard(this IApplicationBuilder app)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "dashboard");
        app.Use((context, next) => context.Request.Path == "/dashboard.json" && HttpMethods.IsGet(context.Request.Method)
            ? context.Response.WriteAsJsonAsync(Facts(context.RequestServices))
            : next(context));
        if (!File.Exists(Path.Combine(folder, "index.html")))
        {
            DashboardLog.Missing(app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(DashboardLog)));
            return app.Use((context, next) => context.Request.Path == "/" && HttpMethods.IsGet(context.Request.Method)
                ? Results.Content(Missing, "text/html; charset=utf-8", statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context)
                : next(context));
        }

        var files = new PhysicalFileProvider(folder);
        return app
            .UseDefaultFiles(new DefaultFilesOptions { FileProvider = files })
            .UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = c => Guard(c.Context) });
    }

    private static Dictionary<string, bool> Facts(IServiceProvider services) => new()
    {
        ["development"] = services.GetRequiredService<IHostEnvironment>().IsDevelopment(),
        ["sessions"] = services.GetRequiredService<EndpointDataSource>().Endpoints
            .Any(e => e is RouteEndpoint { RoutePattern.RawText: "/auth/session" }),
    };

    // A page that can steer must not be framed, nor run what others have slipped in. Files with a hash in their name never change.
    private static void Guard(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'self'; connect-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";
    }
}
