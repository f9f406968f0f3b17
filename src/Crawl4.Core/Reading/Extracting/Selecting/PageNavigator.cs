using System.Xml;
using System.Xml.XPath;
using AngleSharp.Dom;

namespace Crawl4.Core.Reading.Extracting.Selecting;

/// <summary>Shows a page to the framework's XPath engine. HTML has no namespaces here, as in the parsers that XPath
/// schemas are written for.</summary>
internal sealed class PageNavigator(ExtractionPage page, int number) : XPathNavigator
{
    private const int NoAttribute = -1;

    private readonly DocumentOrder _order = page.Order;
    private int _number = number;
    private int _attribute = NoAttribute;

    /// <summary>The element it stands on; of the whole page its root element. Null on a text or an attribute.</summary>
    public IElement? Element => _attribute != NoAttribute ? null : Node switch
    {
        IDocument document => document.DocumentElement,
        var node => node as IElement,
    };

    public override XPathNodeType NodeType => _attribute != NoAttribute ? XPathNodeType.Attribute : Node switch
    {
        IElement => XPathNodeType.Element,
        IText => XPathNodeType.Text,
        _ => XPathNodeType.Root,
    };

    public override string LocalName =>
        _attribute != NoAttribute ? Attribute.LocalName : (Node as IElement)?.LocalName ?? "";

    public override string Name =>
        _attribute != NoAttribute ? Attribute.Name : (Node as IElement)?.LocalName ?? "";

    public override string Value
    {
        get
        {
            var value = _attribute != NoAttribute ? Attribute.Value : ElementText.Whole(Node);
            page.Step(value.Length);
            return value;
        }
    }

    public override string NamespaceURI => "";

    public override string Prefix => "";

    public override string BaseURI => "";

    public override bool IsEmptyElement => _order.FirstChild(_number) == DocumentOrder.None;

    public override XmlNameTable NameTable => page.Names;

    private INode Node => _order.Node(_number);

    private IAttr Attribute => ((IElement)Node).Attributes[_attribute]!;

    public override XPathNavigator Clone() => new PageNavigator(page, _number) { _attribute = _attribute };

    public override bool MoveTo(XPathNavigator other)
    {
        if (other is not PageNavigator navigator || navigator._order != _order)
        {
            return false;
        }

        _number = navigator._number;
        _attribute = navigator._attribute;
        return true;
    }

    public override bool IsSamePosition(XPathNavigator other) => other is PageNavigator navigator
        && navigator._order == _order && navigator._number == _number && navigator._attribute == _attribute;

    public override XmlNodeOrder ComparePosition(XPathNavigator? nav)
    {
        if (nav is not PageNavigator other || other._order != _order)
        {
            return XmlNodeOrder.Unknown;
        }

        return (_number, _attribute).CompareTo((other._number, other._attribute)) switch
        {
            < 0 => XmlNodeOrder.Before,
            0 => XmlNodeOrder.Same,
            _ => XmlNodeOrder.After,
        };
    }

    public override void MoveToRoot()
    {
        _number = 0;
        _attribute = NoAttribute;
    }

    public override bool MoveToFirstAttribute() => MoveToAttributeAt(0);

    public override bool MoveToNextAttribute() => _attribute != NoAttribute && MoveToAttributeAt(_attribute + 1);

    public override bool MoveToAttribute(string localName, string namespaceURI)
    {
        if (_attribute != NoAttribute || Node is not IElement element || namespaceURI.Length > 0)
        {
            return false;
        }

        for (var index = 0; index < element.Attributes.Length; index++)
        {
            if (element.Attributes[index]!.LocalName == localName)
            {
                return MoveToAttributeAt(index);
            }
        }

        return false;
    }

    public override bool MoveToFirstNamespace(XPathNamespaceScope namespaceScope) => false;

    public override bool MoveToNextNamespace(XPathNamespaceScope namespaceScope) => false;

    public override bool MoveToId(string id) => false;

    public override bool MoveToNext() => _attribute == NoAttribute && MoveToNumber(_order.Next(_number));

    public override bool MoveToPrevious() => _attribute == NoAttribute && MoveToNumber(_order.Previous(_number));

    public override bool MoveToFirstChild() => _attribute == NoAttribute && MoveToNumber(_order.FirstChild(_number));

    public override bool MoveToParent()
    {
        if (_attribute != NoAttribute)
        {
            _attribute = NoAttribute;
            return true;
        }

        return MoveToNumber(_order.Parent(_number));
    }

    private bool MoveToNumber(int to)
    {
        page.Step();
        _number = to == DocumentOrder.None ? _number : to;
        return to != DocumentOrder.None;
    }

    private bool MoveToAttributeAt(int index)
    {
        page.Step();
        if (Node is not IElement element || index >= element.Attributes.Length)
        {
            return false;
        }

        _attribute = index;
        return true;
    }
}
