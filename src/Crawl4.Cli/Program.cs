using Crawl4.Cli;

return await CliHost.RunAsync(args);
