using AngleSharp.Dom;
using AngleSharp.Html.Construction;

namespace Marketline.Platforms.Extract.Tree;

internal sealed class TemplateElement(PageDocument document, NodeFlags flags) : PageElement(document, "template", flags), IConstructableTemplateElement
{
    void IConstructableTemplateElement.PopulateFragment()
    {
    }

    public override IConstructableNode ShallowCopy() => new TemplateElement(Document, Flags);
}
