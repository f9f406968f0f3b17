using System.Diagnostics.CodeAnalysis;

namespace Crawl4.Core.LanguageModels.Calling;

/// <summary>An endpoint's key. Nothing but <see cref="AddTo"/> gives it away.</summary>
internal sealed class ApiKey
{
    /// <summary>Stands for the key where somebody else's text repeats it.</summary>
    public const string Blot = "[key]";

    /// <summary>Shorter keys ("none", "ollama") are no secrets but fillers for local servers, and may well be words of
    /// an answer.</summary>
    private const int ShortestSecret = 12;

    private readonly string _value;

    private ApiKey(string value) => _value = value;

    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/>, without the value.</exception>
    public static ApiKey Read(string variable, Func<string, string?> environment)
    {
        if (string.IsNullOrEmpty(variable))
        {
            return new ApiKey("");
        }

        var value = environment(variable)?.Trim();
        if (string.IsNullOrEmpty(value))
        {
            throw Invalid(
                variable, "is not set", "Set it to the endpoint's key, or name no variable where none is needed.");
        }

        return value.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? throw Invalid(variable, "holds no key: it has characters that no key has", "Correct the value.")
            : new ApiKey(value);
    }

    public void AddTo(Dictionary<string, string> headers)
    {
        if (_value.Length > 0)
        {
            headers["Authorization"] = $"Bearer {_value}";
        }
    }

    /// <summary>A text of the model, with the key blotted out.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public string? BlotAnswer(string? text) =>
        _value.Length < ShortestSecret ? text : text?.Replace(_value, Blot, StringComparison.Ordinal);

    /// <summary>A text for people, with the key blotted out however short it is.</summary>
    public string BlotMessage(string text) =>
        _value.Length == 0 ? text : text.Replace(_value, Blot, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Blot;

    private static Crawl4Exception Invalid(string variable, string what, string advice) => new Crawl4Error(
        Crawl4ErrorCode.OptionInvalid, $"The environment variable {variable} {what}.", variable)
    { Advice = advice }.ToException();
}
