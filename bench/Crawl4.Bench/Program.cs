System.Console.WriteLine("usage: Crawl4.Bench cache");
