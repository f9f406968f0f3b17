using System.Globalization;
using System.Text;

namespace Crawl4.Core.Verifying;

/// <summary>The rate over time as a picture within the page (SVG).</summary>
internal static class RateChart
{
    private const int Width = 1000;
    private const int Height = 220;
    private const int Left = 64;
    private const int Right = 12;
    private const int Top = 12;
    private const int Bottom = 28;
    private const int Lines = 4;

    /// <summary>Empty where there is too little to draw.</summary>
    public static string Of(IReadOnlyList<VerificationRate> rates)
    {
        if (rates.Count < 2)
        {
            return "";
        }

        var most = Ceiling(rates.Max(rate => rate.EntriesPerSecond));
        var end = rates[^1].At.TotalSeconds;
        var points = string.Join(' ', rates.Select(rate => Point(
            Left + (rate.At.TotalSeconds / end * (Width - Left - Right)), Y(rate.EntriesPerSecond, most))));
        var first = Left + (rates[0].At.TotalSeconds / end * (Width - Left - Right));
        var floor = Y(0, most);
        var svg = new StringBuilder();
        Add(svg, $"<section><h2>Entries a second</h2><svg role=\"img\" viewBox=\"0 0 {Width} {Height}\" ");
        Add(svg, $"aria-label=\"Entries a second over time, at most {most:N0}\">");
        for (var i = 0; i <= Lines; i++)
        {
            var y = Y(most * i / Lines, most);
            Add(svg, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>");
            Add(svg, $"<text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{most * i / Lines:N0}</text>");
        }

        Add(svg, $"<polygon class=\"area\" points=\"{Point(first, floor)} {points} {Point(Width - Right, floor)}\"/>");
        Add(svg, $"<polyline class=\"curve\" points=\"{points}\"/><text x=\"{Left}\" y=\"{Height - 6}\">start</text>");
        Add(svg, $"<text x=\"{Width - Right}\" y=\"{Height - 6}\" text-anchor=\"end\">{end:N0} s</text></svg></section>");
        return svg.ToString();
    }

    private static void Add(StringBuilder svg, FormattableString part) => svg.Append(part.ToString(CultureInfo.InvariantCulture));

    private static double Y(double rate, double most) => Height - Bottom - (rate / most * (Height - Top - Bottom));

    private static string Point(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"{x:0.#},{y:0.#}");

    /// <summary>The next number of one digit and zeros, or of 1.2, 1.6, 2.4 of them: its quarters are round.</summary>
    private static double Ceiling(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 1))));
        return ((double[])[1, 1.2, 1.6, 2, 2.4, 4, 6, 8, 10]).First(step => step * power >= Math.Max(value, 1)) * power;
    }
}
