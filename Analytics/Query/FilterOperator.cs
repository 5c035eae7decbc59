namespace Marketline.Analytics.Query;

public enum FilterOperator
{
    Equal,

    /// <summary>Another value, or none.</summary>
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,

    /// <summary>Whatever the case.</summary>
    Contains,

    /// <inheritdoc cref="Contains"/>
    StartsWith,
    IsNull,
    IsNotNull,
}
