using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Parts;

/// <summary>Finds the values of a column that follow from the codes of another: the first value met with a code is the
/// code's. One owner.</summary>
internal abstract class ReferenceBuilder
{
    /// <summary>Whether columns of a type can be stored so.</summary>
    public static bool Takes(ScalarType type) => type is ScalarType.String or ScalarType.Bool or ScalarType.Int or
        ScalarType.Long or ScalarType.DateTime or ScalarType.TimeSpan or ScalarType.Real;

    public static ReferenceBuilder Create(ScalarType type, int entryCount) => type switch
    {
        ScalarType.String => new OfStrings(entryCount),
        ScalarType.Bool => new OfFixed<bool>(type, entryCount),
        ScalarType.Int => new OfFixed<int>(type, entryCount),
        ScalarType.Real => new OfFixed<double>(type, entryCount),
        _ => new OfFixed<long>(type, entryCount),
    };

    /// <summary>Takes the rows of a block; appends those whose value is not their code's.</summary>
    public abstract void Add(Vector values, ReadOnlySpan<int> codes, List<int> exceptions);

    /// <summary>The value of each code.</summary>
    public abstract Vector Build();

    private sealed class OfFixed<T>(ScalarType type, int entryCount) : ReferenceBuilder
        where T : unmanaged
    {
        private readonly T[] _values = new T[entryCount];
        private readonly byte[] _states = new byte[entryCount]; // 0 = not met, 1 = a value, 2 = null

        public override void Add(Vector values, ReadOnlySpan<int> codes, List<int> exceptions)
        {
            var typed = (FixedVector<T>)values;
            for (int row = 0; row < codes.Length; row++)
            {
                int code = codes[row];
                T value = typed[row];
                byte state = typed.IsNull(row) ? (byte)2 : (byte)1;
                if (_states[code] == 0)
                {
                    (_states[code], _values[code]) = (state, value);
                }
                else if (_states[code] != state || !AreSame(_values[code], value))
                {
                    exceptions.Add(row);
                }
            }
        }

        public override Vector Build()
        {
            Bitmap? validity = null;
            if (Array.IndexOf(_states, (byte)2) >= 0)
            {
                validity = new Bitmap(_states.Length);
                for (int code = 0; code < _states.Length; code++)
                {
                    validity[code] = _states[code] != 2;
                }
            }

            return new FixedVector<T>(type, _values, _values.Length, validity);
        }

        // Bits, not equality: -0 and 0 are different reals to keep, and NaN is itself.
        private static bool AreSame(T left, T right) => typeof(T) == typeof(double)
            ? BitConverter.DoubleToInt64Bits((double)(object)left) == BitConverter.DoubleToInt64Bits((double)(object)right)
            : EqualityComparer<T>.Default.Equals(left, right);
    }

    private sealed class OfStrings : ReferenceBuilder
    {
        private readonly Utf8Interner _interner = new();
        private readonly int[] _numbers;
        private readonly Dictionary<Utf8Values, int[]> _maps = new(ReferenceEqualityComparer.Instance);

        public OfStrings(int entryCount)
        {
            _numbers = new int[entryCount];
            _numbers.AsSpan().Fill(-1);
        }

        public override void Add(Vector values, ReadOnlySpan<int> codes, List<int> exceptions)
        {
            var strings = (StringVector)values;
            int[]? map = strings.IsDictionary ? MapOf(strings.Values) : null;
            ReadOnlySpan<int> entries = strings.Codes;
            int constant = strings.IsConstant ? _interner.Intern(strings.Values[0]) : -1;
            for (int row = 0; row < codes.Length; row++)
            {
                ref int entry = ref _numbers[codes[row]];
                if (map is null && constant < 0 && entry >= 0)
                {
                    // Most rows repeat what is known of their code: compared, not looked up.
                    if (!_interner[entry].SequenceEqual(strings[row]))
                    {
                        exceptions.Add(row);
                    }

                    continue;
                }

                int number = constant;
                if (map is not null)
                {
                    ref int known = ref map[entries[row]];
                    number = known >= 0 ? known : known = _interner.Intern(strings.Values[entries[row]]);
                }
                else if (constant < 0)
                {
                    number = _interner.Intern(strings[row]);
                }

                if (entry < 0)
                {
                    entry = number;
                }
                else if (entry != number)
                {
                    exceptions.Add(row);
                }
            }
        }

        public override Vector Build()
        {
            Utf8Values values = _interner.Build();
            foreach (ref int number in _numbers.AsSpan())
            {
                number = Math.Max(number, 0);
            }

            return values.Count == 1
                ? StringVector.Constant(values[0], _numbers.Length)
                : new StringVector(values, _numbers, _numbers.Length);
        }

        // Blocks of one part have their dictionaries in common: each of those is looked up once.
        private int[] MapOf(Utf8Values values)
        {
            if (!_maps.TryGetValue(values, out int[]? map))
            {
                map = new int[values.Count];
                Array.Fill(map, -1);
                _maps.Clear();
                _maps.Add(values, map);
            }

            return map;
        }
    }
}
