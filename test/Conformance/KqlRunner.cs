namespace Bongsu.Conformance;

internal static class KqlRunner
{
    public static int Run(IReadOnlyList<string> arguments, TextWriter output) => throw new NotSupportedException("not there yet");
}
