using Bongsu.Core.Hashing;

namespace Bongsu.Core.Patterns;

/// <summary>Makes words variables where messages differ in them alone, often enough.</summary>
internal sealed class PatternMerger
{
    // So many different words in one place are a variable; fewer if the same words vary in another message too, as users
    // who log in and out.
    private const int MinVariants = 8;
    private const int MinSharedVariants = 3;
    private const int MaxRounds = 8;

    private readonly List<Atom>[] _messages;
    private readonly Dictionary<string, long> _numbers = [];
    private readonly ulong[] _hashes;

    /// <summary>Merges messages; takes ownership of the lists.</summary>
    public PatternMerger(List<Atom>[] messages)
    {
        _messages = messages;
        _hashes = Array.ConvertAll(messages, Hash);
        for (int round = 0; round < MaxRounds && Merge(); round++)
        {
            // Each round may let others differ in one word only.
        }
    }

    /// <summary>The messages, in their order, with words that vary as variables.</summary>
    public IReadOnlyList<IReadOnlyList<Atom>> Merged => _messages;

    private bool Merge()
    {
        Dictionary<ulong, Place> places = FindPlaces();
        Place[] varying = [.. places.Values.Where(place => place.Words.Count >= MinSharedVariants)];
        var byWord = new Dictionary<string, List<Place>>();
        foreach (Place place in varying)
        {
            foreach (string word in place.Words)
            {
                if (!byWord.TryGetValue(word, out List<Place>? others))
                {
                    others = [];
                    byWord.Add(word, others);
                }

                others.Add(place);
            }
        }

        var isTaken = new HashSet<ulong>();
        bool isChanged = false;
        foreach (Place place in varying.OrderByDescending(place => place.Words.Count).ThenBy(place => place.Messages[0]))
        {
            bool isVariable = place.Words.Count >= MinVariants || SharesWords(place, byWord);
            if (!isVariable || place.Messages.Exists(message => isTaken.Contains(_hashes[message])))
            {
                continue;
            }

            isChanged = true;
            foreach (int message in place.Messages)
            {
                isTaken.Add(_hashes[message]);
            }

            foreach (int message in place.Messages)
            {
                _messages[message][place.Atom] = _messages[message][place.Atom].AsVariable();
            }
        }

        for (int message = 0; message < _messages.Length; message++)
        {
            _hashes[message] = Hash(_messages[message]);
        }

        return isChanged;
    }

    // Each word of each message, tried as a variable: the messages that then read alike.
    private Dictionary<ulong, Place> FindPlaces()
    {
        var places = new Dictionary<ulong, Place>();
        for (int message = 0; message < _messages.Length; message++)
        {
            List<Atom> atoms = _messages[message];
            if (atoms.Count(atom => atom.IsWord) < 2)
            {
                continue;
            }

            for (int atom = 0; atom < atoms.Count; atom++)
            {
                bool isKey = atom + 1 < atoms.Count && atoms[atom + 1].IsMark('=');
                if (!atoms[atom].IsWord || !char.IsLetter(atoms[atom].Text[0]) || isKey)
                {
                    continue;
                }

                ulong hash = _hashes[message] - Hash(atoms[atom].Text, atom) + Hash(Atom.VariableText, atom);
                if (!places.TryGetValue(hash, out Place? place))
                {
                    place = new Place(atom);
                    places.Add(hash, place);
                }

                place.Messages.Add(message);
                place.Words.Add(atoms[atom].Text);
            }
        }

        return places;
    }

    private static bool SharesWords(Place place, Dictionary<string, List<Place>> byWord)
    {
        var shared = new Dictionary<Place, int>();
        foreach (string word in place.Words)
        {
            foreach (Place other in byWord[word])
            {
                int count = shared.GetValueOrDefault(other) + 1;
                shared[other] = count;
                if (other != place && count >= MinSharedVariants)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // A sum over atoms, so that one of them can be taken out.
    private ulong Hash(List<Atom> atoms)
    {
        ulong hash = (ulong)atoms.Count;
        for (int atom = 0; atom < atoms.Count; atom++)
        {
            hash += Hash(atoms[atom].Text, atom);
        }

        return hash;
    }

    private ulong Hash(string text, int position)
    {
        if (!_numbers.TryGetValue(text, out long number))
        {
            number = _numbers.Count;
            _numbers.Add(text, number);
        }

        return ByteHash.Compute((number << 32) | (uint)position, seed: 0);
    }

    // A word of some messages that otherwise read alike.
    private sealed class Place(int atom)
    {
        public int Atom { get; } = atom;

        public List<int> Messages { get; } = [];

        public HashSet<string> Words { get; } = [];
    }
}
