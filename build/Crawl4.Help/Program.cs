using Crawl4.Help;

if (args.Length != 2)
{
    Console.Error.WriteLine("Usage: Crawl4.Help <folder of Markdown pages> <folder for the help files>");
    return 2;
}

try
{
    HelpFolder.Convert(args[0], args[1]);
    return 0;
}
catch (HelpPageException problem)
{
    // In the form that MSBuild shows as an error of the build.
    Console.Error.WriteLine($"{problem.File} : error HELP1 : {problem.Message}");
    return 1;
}
