namespace RealtimeHub.Server.Connections;

internal static class AdmissionApplicationBuilderExtensions
{
    /// <summary>Puts admission around authentication.</summary>
    public static IApplicationBuilder UseAdmission(this IApplicationBuilder app)
    {
        var admission = app.ApplicationServices.GetRequiredService<AdmissionMiddleware>();
        app.UseForwardedHeaders();
        app.Use((context, next) => admission.BeforeAsync(context, _ => next(context)));
        app.UseCors();
        app.UseAuthentication();
        app.Use((context, next) => admission.AfterAsync(context, _ => next(context)));
        app.UseAuthorization();
        return app;
    }
}
