namespace System.Runtime.CompilerServices;

// Records need this type, and netstandard2.0 does not have it.
internal static class IsExternalInit;
