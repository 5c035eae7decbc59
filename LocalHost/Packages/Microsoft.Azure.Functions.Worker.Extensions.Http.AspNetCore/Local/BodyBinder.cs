using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Azure.Functions.Worker.Local.Invocation;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Local.Http;

/// <summary>
/// [FromBody] as the real integration does it: through MVC's body binder and its input formatters. A body that does not fit
/// fails the function, which is a 500 in Azure as well; an endpoint that wants to answer 400 reads the request itself.
/// </summary>
internal sealed class BodyBinder(Type type) : IParameterBinder
{
    public async ValueTask<object?> BindAsync(LocalFunctionContext context)
    {
        var http = context.GetHttpContext()!;
        var binding = Binding(http);
        await Binder(http, binding.ModelMetadata).BindModelAsync(binding);
        if (binding.Result.IsModelSet)
        {
            return binding.Result.Model;
        }

        var errors = binding.ModelState.Values.SelectMany(entry => entry.Errors).Select(e => e.ErrorMessage);
        return binding.ModelState.IsValid ? null : throw new InvalidOperationException(string.Join(' ', errors));
    }

    private DefaultModelBindingContext Binding(HttpContext http) => new()
    {
        ModelMetadata = http.RequestServices.GetRequiredService<IModelMetadataProvider>().GetMetadataForType(type),
        ModelName = "",
        BindingSource = BindingSource.Body,
        ModelState = new ModelStateDictionary(),
        ActionContext = new ActionContext { HttpContext = http },
    };

    private static IModelBinder Binder(HttpContext http, ModelMetadata metadata) =>
        http.RequestServices.GetRequiredService<IModelBinderFactory>().CreateBinder(new ModelBinderFactoryContext
        {
            Metadata = metadata,
            BindingInfo = new BindingInfo { BindingSource = BindingSource.Body, BinderModelName = "" },
            CacheToken = metadata,
        });
}
