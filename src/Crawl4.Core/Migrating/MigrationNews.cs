using Crawl4.Core.Storing;

namespace Crawl4.Core.Migrating;

/// <summary>What is to be written down of a run.</summary>
/// <param name="Status">How far it is.</param>
/// <param name="Damage">What was found damaged since it was last written down.</param>
/// <param name="IsNewPass">True where the source is gone through anew since: what was found damaged before is not known any
/// more.</param>
internal sealed record MigrationNews(MigrationStatus Status, IReadOnlyList<QuarantinedEntry> Damage, bool IsNewPass);
