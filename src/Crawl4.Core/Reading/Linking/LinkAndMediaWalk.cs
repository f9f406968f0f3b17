using AngleSharp.Dom;
using Crawl4.Core.Reading.Media;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Linking;

/// <summary>One walk over a page for its links and its media.</summary>
internal sealed class LinkAndMediaWalk(PageContent page, ReadingOptions options)
{
    private readonly LinkCollector _links = new(page, options);
    private readonly MediaCollector _media = new(page, options);

    public (PageLinks Links, PageMedia Media) Collect()
    {
        foreach (var root in page.Roots)
        {
            Node(root);
        }

        return (_links.Links, _media.Media());
    }

    /// <summary>Recurses at most <see cref="PageParser.MaxDepth"/> deep.</summary>
    private void Node(INode node)
    {
        if (node is IText text)
        {
            _links.Text(text.Data);
            return;
        }

        if (node is IElement element)
        {
            Element(element);
        }
        else if (node is IDocument)
        {
            Children(node);
        }
    }

    private void Element(IElement element)
    {
        var name = element.LocalName;
        var role = TagRoles.Of(element);
        if (role == TagRole.Hidden || page.IsExcluded(element))
        {
            return;
        }

        if (role == TagRole.Image)
        {
            _media.Image(element);
        }
        else if (name is "video" or "audio")
        {
            _media.Player(element);
        }

        var isLink = role == TagRole.Link && element.HasAttribute("href");
        if (isLink)
        {
            _links.Enter(element);
        }
        else if (role is TagRole.Block or TagRole.Paragraph or TagRole.Break or TagRole.Item)
        {
            _links.Text(" ");
        }

        Children(element);
        if (isLink)
        {
            _links.Leave();
        }
    }

    private void Children(INode parent)
    {
        var children = parent.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            Node(children[index]);
        }
    }
}
