Console.WriteLine("bongsu");
