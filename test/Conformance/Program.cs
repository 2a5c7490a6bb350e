using Bongsu.Conformance;

return args switch
{
    ["kql", .. var rest] => KqlRunner.Run(rest, Console.Out),
    ["kql-parse", var file] => KqlParseRunner.Run(file, Console.Out),
    ["patterns", var folder] => PatternRunner.Run(folder, Console.Out),
    ["nab", var folder] => NabRunner.Run(folder, Console.Out),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: conformance kql FILE.jsonl [--only-supported] [--id PREFIX] | conformance kql-parse FILE.jsonl | " +
        "conformance patterns DIR | conformance nab DIR");
    return 2;
}
